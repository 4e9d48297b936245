package file

// Limits of what is read, in bytes.
const (
	PageLimit  = 4 << 20
	DataLimit  = 16 << 20
	AssetLimit = 64 << 20
	partLimit  = 200  // one part of a path
	pathLimit  = 1024 // a whole path
)
