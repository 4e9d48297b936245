package check

import (
	"fmt"
	"strconv"
	"strings"

	"entente/internal/diag"
	"entente/internal/model"
)

// most is how many places a summary finding names.
const most = 12

// budget holds the number of statements without a source against what the
// site allows itself.
func budget(in Input) []diag.Diagnostic {
	w := in.World
	text := strings.TrimSpace(w.Site.UnsourcedBudget)
	if text == "" {
		return nil
	}
	number, share := strings.CutSuffix(text, "%")
	allowed, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || allowed < 0 || share && allowed > 100 {
		return []diag.Diagnostic{w.Site.Origin.Diag(diag.Error, "CF012", fmt.Sprintf("unsourced_budget %q is neither a number nor a share", text), "write for example '20' or '5 %'", "unsourced_budget")}
	}
	var all model.Sourcing
	var related []diag.Related
	for i := range w.Things {
		t := &w.Things[i]
		s := w.Sourcing(t.ID)
		all = all.Add(s)
		if n := s.Unsourced(); n > 0 && len(related) < most {
			related = append(related, t.Origin.Related(fmt.Sprintf("%s: %d of %d statements without a source", t.Slug, n, s.Statements), "id"))
		}
	}
	n := all.Unsourced()
	if !share && float64(n) <= allowed || share && float64(n)*100 <= allowed*float64(all.Statements) {
		return nil
	}
	d := w.Site.Origin.Diag(diag.Error, "source-budget", fmt.Sprintf("%d of %d statements have no source that stands, the budget is %s", n, all.Statements, text),
		"name sources, or raise unsourced_budget", "unsourced_budget")
	d.Related = related
	return []diag.Diagnostic{d}
}

// retracted lists what leans on a source that was retracted.
func retracted(in Input) []diag.Diagnostic {
	w := in.World
	var list []diag.Diagnostic
	for i := range w.Of(model.Source) {
		s := &w.Of(model.Source)[i]
		if s.Source.Retracted == "" {
			continue
		}
		citing := in.Web.Citing(s.ID)
		var related []diag.Related
		for _, id := range citing {
			if len(related) < most {
				related = append(related, w.Thing(id).Declared("leans on it"))
			}
		}
		if len(citing) == 0 {
			continue
		}
		d := s.Diag(diag.Warning, "source-retracted", fmt.Sprintf("%q was retracted (%s), and %d of the site's records and pages lean on it", s.Slug, s.Source.Retracted, len(citing)),
			"name another source there", "retracted")
		d.Related = related
		list = append(list, d)
	}
	return list
}

// reviews finds pages whose review is overdue on the day of the edition.
func reviews(in Input) []diag.Diagnostic {
	w := in.World
	var list []diag.Diagnostic
	if every := w.Site.ReviewEvery; every != "" {
		if _, _, err := model.ParseInterval(every); err != nil {
			list = append(list, w.Site.Origin.Diag(diag.Error, "CF012", fmt.Sprintf("review_every %q is not a span of time", every), "write for example 12 months", "review_every"))
		}
	}
	for i := range w.Things {
		t := &w.Things[i]
		if t.Page == nil {
			continue
		}
		h := &t.Page.Header
		if h.ReviewEvery != "" {
			if _, _, err := model.ParseInterval(h.ReviewEvery); err != nil {
				list = append(list, diag.At(t.Page.Text, h.Place("review_every"), diag.Error, "FM035", fmt.Sprintf("review_every is %q, expected a span of time", h.ReviewEvery), "write for example 12 months"))
			}
		}
		r, demanded := w.Review(t)
		if !demanded || r.Due > w.Edition() {
			continue
		}
		message := "this page was never reviewed"
		place := "title"
		if !r.Last.IsZero() {
			message = fmt.Sprintf("this page was last reviewed on %s; the next review was due on %s", r.Last.Text(), r.Due.Date().Text())
			if place = "reviewed"; h.Reviewed.IsZero() {
				place = "updated"
			}
		}
		list = append(list, diag.At(t.Page.Text, h.Place(place), diag.Warning, "review-overdue", message,
			"read it through and set reviewed: to that day"))
	}
	return list
}
