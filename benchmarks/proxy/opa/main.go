// A server of Envoy's external authorization that embeds OPA, to measure Rolecall's checker against: it reads the
// headers of a Check, evaluates one prepared policy on them, and answers an empty OK or a denial.
//
// It prints its port, and ends when its standard input does.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"

	"github.com/open-policy-agent/opa/v1/rego"
	"google.golang.org/grpc"
	"google.golang.org/grpc/encoding"
)

const policy = `package edge

default allow := false

allow if startswith(input.headers.authorization, "Bearer rolecall-v1~")
`

type checker struct {
	query rego.PreparedEvalQuery
}

func (c *checker) check(ctx context.Context, request []byte) ([]byte, error) {
	headers, err := headersOf(request)
	if err != nil {
		return nil, err
	}
	results, err := c.query.Eval(ctx, rego.EvalInput(map[string]any{"headers": headers}))
	if err != nil {
		return nil, err
	}
	if !results.Allowed() {
		return denied, nil
	}
	return allowed, nil
}

func handle(server any, ctx context.Context, decode func(any) error, _ grpc.UnaryServerInterceptor) (any, error) {
	var request []byte
	if err := decode(&request); err != nil {
		return nil, err
	}
	return server.(*checker).check(ctx, request)
}

func run() error {
	query, err := rego.New(rego.Query("data.edge.allow"), rego.Module("edge.rego", policy)).
		PrepareForEval(context.Background())
	if err != nil {
		return err
	}
	encoding.RegisterCodec(plain{})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := grpc.NewServer()
	server.RegisterService(&grpc.ServiceDesc{
		ServiceName: "envoy.service.auth.v3.Authorization",
		HandlerType: (*any)(nil),
		Methods:     []grpc.MethodDesc{{MethodName: "Check", Handler: handle}},
	}, &checker{query})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		server.Stop()
	}()
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	return server.Serve(listener)
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "opa:", err)
		os.Exit(1)
	}
}
