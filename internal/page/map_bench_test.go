package page

import "testing"

func BenchmarkMembersMap(b *testing.B) {
	s := includedSite(b)
	nato, _ := s.World.Lookup("nato")
	b.ReportAllocs()
	for b.Loop() {
		s.membersMap(nato.ID, s.World.Day(nato.ID), nato.Path, "")
	}
}
