package claim
import ("testing";"os";"fmt";"entente/internal/worldtest";"entente/internal/prose";"entente/internal/file";"entente/internal/model")
func TestDbg(t *testing.T){
 text:=os.Getenv("S"); if text=="" {return}
 w,_:=worldtest.Included(t); r:=NewReader(w)
 front := "---\ntitle: Test\n"; if a:=os.Getenv("A");a!=""{front+="about: ["+a+"]\n"}
 src := prose.Read(file.NewText("content/topics/test.md", []byte(front+"---\n\n"+text+"\n")))
 body := prose.NewComposer().Compose(src, mute{}, prose.ComposeOptions{})
 s:=&sentence{r:r,text:text,context:&context{body:-1,treaty:-1}}
 s.t=r.tokens(text,nil,nil); s.split(); s.context.times=s.times()
 for k,p:=range s.part { fmt.Printf("part %d verb=%d tense=%d unsure=%v not=%v:",k,p.verb,p.tense,p.unsure,p.not); for i:=p.from;i<p.to;i++{ fmt.Printf(" %s/%d",text[s.t[i].start:s.t[i].end],s.t[i].kind)}; fmt.Println()}
 fmt.Println("doubt",s.doubtful())
 for _,c:=range s.context.times { fmt.Printf("time %d %s prep=%d at=%d leads=%v\n",c.mode,c.from,c.prep,c.at,c.leads)}
 p:=r.Read(&model.Thing{Kind: model.Topic, Page: src}, body)
 for i := range p.Statements { st:=p.Statements[i]; v:=verdictOf(w,&st); fmt.Printf("rel=%d subj=%s num=%d-%d minus=%d when=%d:%s tense=%d not=%v who=%v words=%q => %d %s|%s\n",st.rel,w.Thing(st.subject).Slug,st.num.lo,st.num.hi,st.times,st.when.mode,st.when.from,st.tense,st.not,st.who,st.words(),v.is,v.says,v.data)}
}
