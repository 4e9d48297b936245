package main

// hugo is not compared yet.
func hugo([]int, int) error { return nil }
