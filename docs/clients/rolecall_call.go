// rolecall_call.go AUDIENCE REGION HOST:PORT SERVER_ROLE_ARN STS_URL prints which role a server takes us for. The server
// is `rolecall serve --attested --accept-call-proofs`; no call is sent to one of another role. STS_URL is the server's,
// as https://sts.eu-west-1.amazonaws.com. Credentials come from AWS_* variables. docs/protocol.md says what each step is.
package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"
)

func require(good bool, otherwise string, values ...any) {
	if !good {
		log.Fatalf(otherwise, values...)
	}
}

// query is section 1's, without the signature. Encode sorts it, and escapes all but letters, digits and -._~.
func query(region, keyID, date, expires, token, signedHeaders string) string {
	return url.Values{"Action": {"GetCallerIdentity"}, "Version": {"2011-06-15"}, "X-Amz-Algorithm": {"AWS4-HMAC-SHA256"},
		"X-Amz-Credential": {keyID + "/" + date[:8] + "/" + region + "/sts/aws4_request"}, "X-Amz-Date": {date},
		"X-Amz-Expires": {expires}, "X-Amz-Security-Token": {token}, "X-Amz-SignedHeaders": {signedHeaders}}.Encode()
}

// proof is section 2's, of binding bearer, by a role's credentials.
func proof(audience, region, host, keyID, secret, token string) string {
	date, names, key := time.Now().UTC().Format("20060102T150405Z"), "host;x-rolecall-audience", []byte("AWS4"+secret)
	request := fmt.Sprintf("GET\n/\n%s\nhost:%s\nx-rolecall-audience:%s\n\n%s\n%x",
		query(region, keyID, date, "900", token, names), host, audience, names, sha256.Sum256(nil))
	toSign := fmt.Sprintf("AWS4-HMAC-SHA256\n%s\n%.8s/%s/sts/aws4_request\n%x", date, date, region, sha256.Sum256([]byte(request)))
	for _, part := range []string{date[:8], region, "sts", "aws4_request", toSign} {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(part))
		key = mac.Sum(nil)
	}
	return fmt.Sprintf("rolecall-v1~%s~%s~%s~900~%s~bearer~%x~%s", host, keyID, date, audience, key, token)
}

// check is section 9's. The handshake has shown who holds the certificate's key; STS says whose the proof bound to it is.
func check(server *x509.Certificate, audience, region, role, sts, host string) {
	var text string
	for _, extension := range server.Extensions {
		if extension.Id.String() == "1.2.840.113556.1.8000.2554.53747.62913.5838.16484.32962.6982426.8322150" {
			asn1.UnmarshalWithParams(extension.Value, &text, "ia5")
		}
	}
	hash, date := sha256.Sum256(server.RawSubjectPublicKeyInfo), server.NotBefore.UTC().Format("20060102T150405Z")
	key, life := base64.RawURLEncoding.EncodeToString(hash[:]), server.NotAfter.Sub(server.NotBefore)
	p := regexp.MustCompile(fmt.Sprintf(`^rolecall-v1~%s~([A-Z0-9]{16,128})~%s~(%.0f)~%s~key\.%s~([0-9a-f]{64})~`+
		`([A-Za-z0-9+/_=-]*)$`, host, date, life.Seconds(), audience, key)).FindStringSubmatch(text)
	require(p != nil, "the server shows no proof for %s, bound to its key, that %s can be asked about", audience, sts)
	good := time.Since(server.NotBefore) < min(life, 15*time.Minute) && time.Until(server.NotBefore) < time.Minute
	require(good, "the server's proof is of %s and lasts %s", date, life)
	values := query(region, p[1], date, p[2], p[4], "host;x-rolecall-audience;x-rolecall-key")
	question, _ := http.NewRequest("GET", sts+"/?"+values+"&X-Amz-Signature="+p[3], nil)
	question.Header = http.Header{"Accept": {"application/json"}, "X-Rolecall-Audience": {audience}, "X-Rolecall-Key": {key}}
	response, err := http.DefaultTransport.RoundTrip(question) // which follows no redirect
	require(err == nil, "%s does not say who the server is: %v", sts, err)
	var answer struct {
		GetCallerIdentityResponse struct{ GetCallerIdentityResult struct{ Arn string } }
	}
	json.NewDecoder(io.LimitReader(response.Body, 65536)).Decode(&answer)
	want := strings.NewReplacer(":iam:", ":sts:", ":role/", ":assumed-role/").Replace(role) + "/"
	require(strings.HasPrefix(answer.GetCallerIdentityResponse.GetCallerIdentityResult.Arn, want), "STS says of the server: %+v", answer)
}

func main() {
	require(len(os.Args) == 6, "usage: rolecall_call AUDIENCE REGION HOST:PORT SERVER_ROLE_ARN STS_URL")
	audience, region, server, role, sts, env := os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5], os.Getenv
	_, host, _ := strings.Cut(sts, "://")
	dial := func(_ context.Context, network, address string) (net.Conn, error) {
		conn, err := tls.Dial(network, address, &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS13, NextProtos: []string{"h2"}})
		require(err == nil, "no connection: %v", err)
		check(conn.ConnectionState().PeerCertificates[0], audience, region, role, sts, host)
		return conn, nil
	}
	ours := proof(audience, region, host, env("AWS_ACCESS_KEY_ID"), env("AWS_SECRET_ACCESS_KEY"), env("AWS_SESSION_TOKEN"))
	call, _ := http.NewRequest("POST", "https://"+server+"/rolecall.demo.v1.Echo/WhoAmI", strings.NewReader("\x00\x00\x00\x00\x00"))
	call.Header = http.Header{"Authorization": {"Bearer " + ours}, "Content-Type": {"application/grpc"}, "Te": {"trailers"}}
	got, err := (&http.Transport{DialTLSContext: dial, ForceAttemptHTTP2: true}).RoundTrip(call)
	require(err == nil, "no answer: %v", err)
	body, _ := io.ReadAll(got.Body)
	require(got.Header.Get("Grpc-Status")+got.Trailer.Get("Grpc-Status") == "0", "refused: %v %v", got.Header, got.Trailer)
	fmt.Printf("%s\n", body[7:7+body[6]]) // field 1 of the answer
}
