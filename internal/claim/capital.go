package claim

import (
	"strings"

	"entente/internal/model"
)

// capitals stand for the governments that sit in them: "Helsinki joined NATO".
// Bonn, Saigon and the like stand for states that are no more, and towns that
// are also the seat of a body only for the state when they act.
var capitals = func() map[string]string {
	m := map[string]string{}
	for _, line := range strings.Split(`algiers algeria, ouagadougou burkina-faso, yaoundé cameroon, cairo egypt, accra ghana, conakry guinea, bissau guinea-bissau,
monrovia liberia, tripoli libya, bamako mali, nouakchott mauritania, rabat morocco, niamey niger, abuja nigeria, dakar senegal, freetown sierra-leone,
mogadishu somalia, pretoria south-africa, khartoum sudan, lomé togo, tunis tunisia, praia cabo-verde, moroni comoros, buenos aires argentina, brasília brazil,
brasilia brazil, ottawa canada, santiago chile, bogotá colombia, bogota colombia, havana cuba, quito ecuador, managua nicaragua, lima peru, washington united-states,
montevideo uruguay, caracas venezuela, tegucigalpa honduras, port-au-prince haiti, kabul afghanistan, manama bahrain, dhaka bangladesh, phnom penh cambodia,
beijing china, peking china, new delhi india, delhi india, jakarta indonesia, tehran iran, baghdad iraq, tokyo japan, amman jordan, astana kazakhstan,
bishkek kyrgyzstan, vientiane laos, beirut lebanon, kuala lumpur malaysia, ulaanbaatar mongolia, ulan bator mongolia, naypyidaw myanmar, kathmandu nepal,
pyongyang north-korea, muscat oman, islamabad pakistan, manila philippines, doha qatar, riyadh saudi-arabia, seoul south-korea, colombo sri-lanka,
damascus syria, taipei taiwan, dushanbe tajikistan, bangkok thailand, dili timor-leste, ashgabat turkmenistan, abu dhabi united-arab-emirates,
tashkent uzbekistan, hanoi vietnam, sanaa yemen, tirana albania, yerevan armenia, vienna austria, baku azerbaijan, minsk belarus, brussels belgium,
sofia bulgaria, zagreb croatia, nicosia cyprus, prague czechia, copenhagen denmark, tallinn estonia, helsinki finland, paris france, tbilisi georgia,
berlin germany, athens greece, budapest hungary, reykjavik iceland, reykjavík iceland, dublin ireland, rome italy, riga latvia, vilnius lithuania,
valletta malta, chisinau moldova, chișinău moldova, podgorica montenegro, the hague netherlands, skopje north-macedonia, oslo norway, warsaw poland,
lisbon portugal, bucharest romania, moscow russia, belgrade serbia, bratislava slovakia, ljubljana slovenia, madrid spain, stockholm sweden,
ankara turkiye, kyiv ukraine, kiev ukraine, london united-kingdom, canberra australia, wellington new-zealand, port moresby papua-new-guinea`, ",") {
		line = strings.TrimSpace(line)
		cut := strings.LastIndexByte(line, ' ')
		m[line[:cut]] = line[cut+1:]
	}
	return m
}()

// capital gives the state for which the capital that ends at k stands, and of
// how many tokens it is; none when it is only a place ("in Moscow").
func (s *sentence) capital(k int) (model.ID, int) {
	t := &s.t[k]
	if t.kind != word || !t.capital || t.owner {
		return model.None, 0
	}
	slug, n := capitals[t.w], 1
	if slug == "" && k > 0 && s.t[k-1].kind == word && s.t[k-1].capital {
		slug, n = capitals[s.t[k-1].w+" "+t.w], 2
	}
	if slug == "" || s.is(k-n, "in", "at", "near", "from", "outside", "around") || s.is(k+1, "-") {
		return model.None, 0
	}
	if st, ok := s.r.w.Lookup(slug); ok && st.State != nil {
		return st.ID, n
	}
	return model.None, 0
}
