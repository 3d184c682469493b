package main

import (
	"errors"
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"
)

// The answers, written once. A CheckResponse without a status is OK; an ok_response is field 3.
var (
	allowed = protowire.AppendBytes(protowire.AppendTag(nil, 3, protowire.BytesType), nil)
	denied  = protowire.AppendBytes(protowire.AppendTag(nil, 1, protowire.BytesType), []byte{8, 7})
)

var errMalformed = errors.New("malformed request")

// plain hands messages on as bytes: what is measured is OPA's work, not that of generated code.
type plain struct{}

func (plain) Name() string { return "proto" }

func (plain) Marshal(message any) ([]byte, error) {
	bytes, ok := message.([]byte)
	if !ok {
		return nil, fmt.Errorf("%T (expected: bytes)", message)
	}
	return bytes, nil
}

func (plain) Unmarshal(data []byte, message any) error {
	*message.(*[]byte) = append([]byte(nil), data...)
	return nil
}

// headersOf reads attributes (1), request (4), http (2), and in it header_map (13) or headers (3).
func headersOf(request []byte) (map[string]any, error) {
	http := request
	for _, number := range []protowire.Number{1, 4, 2} {
		var inner []byte
		if err := fields(http, func(n protowire.Number, value []byte) error {
			if n == number {
				inner = value
			}
			return nil
		}); err != nil {
			return nil, err
		}
		http = inner
	}
	headers := map[string]any{}
	err := fields(http, func(n protowire.Number, value []byte) error {
		switch n {
		case 3:
			return entry(value, headers)
		case 13:
			return fields(value, func(_ protowire.Number, header []byte) error { return entry(header, headers) })
		}
		return nil
	})
	return headers, err
}

// entry adds a header: its key is field 1, its value field 2 or, raw, 3.
func entry(message []byte, headers map[string]any) error {
	var key, value string
	err := fields(message, func(n protowire.Number, content []byte) error {
		if n == 1 {
			key = string(content)
		} else {
			value = string(content)
		}
		return nil
	})
	headers[key] = value
	return err
}

// fields calls back for each field of a message that has a length; the others are skipped.
func fields(message []byte, each func(protowire.Number, []byte) error) error {
	for len(message) > 0 {
		number, kind, n := protowire.ConsumeTag(message)
		if n < 0 {
			return errMalformed
		}
		message = message[n:]
		if kind == protowire.BytesType {
			value, length := protowire.ConsumeBytes(message)
			if length < 0 {
				return errMalformed
			}
			if err := each(number, value); err != nil {
				return err
			}
			message = message[length:]
			continue
		}
		length := protowire.ConsumeFieldValue(number, kind, message)
		if length < 0 {
			return errMalformed
		}
		message = message[length:]
	}
	return nil
}
