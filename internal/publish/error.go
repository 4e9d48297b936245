package publish

import "fmt"

// Error is a refusal or failure with its code.
type Error struct {
	Code string // "OU001"
	Text string
	Err  error
	exit int
}

func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.Text, e.Err)
	}
	return e.Code + ": " + e.Text
}

func (e *Error) Unwrap() error { return e.Err }

// ExitCode is the code to leave with: 1 for a fault of the input, 2 for a
// target that cannot be used as asked, 3 for a failure of the machine.
func (e *Error) ExitCode() int { return e.exit }

func refuse(code, format string, args ...any) error {
	return &Error{Code: code, Text: fmt.Sprintf(format, args...), exit: 2}
}

func failed(what string, err error) error {
	return &Error{Code: "OU010", Text: what, Err: err, exit: 3}
}
