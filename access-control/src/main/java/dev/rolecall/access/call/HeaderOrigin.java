package dev.rolecall.access.call;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.audit.Correlation;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.CredentialFingerprint;
import dev.rolecall.policy.condition.HeaderName;
import dev.rolecall.policy.condition.IpAddress;
import java.util.List;
import java.util.Optional;

/** The origin of one call, with its headers. No record: the headers may hold secrets. */
final class HeaderOrigin<H> implements CallOrigin {

  private static final HeaderName REQUEST_ID = HeaderName.parse("x-request-id");
  private static final HeaderName TRACEPARENT = HeaderName.parse("traceparent");

  private final CallOrigin peer;
  private final H headers;
  private final HeaderReader<H> reader;

  HeaderOrigin(CallOrigin peer, H headers, HeaderReader<H> reader) {
    this.peer = peer;
    this.headers = requireNonNull(headers, "headers");
    this.reader = requireNonNull(reader, "reader");
  }

  @Override
  public String peer() {
    return peer.peer();
  }

  @Override
  public Optional<IpAddress> address() {
    return peer.address();
  }

  @Override
  public boolean knowsHeaders() {
    return reader.knowsHeaders();
  }

  @Override
  public Optional<String> header(HeaderName name) {
    return reader.value(headers, name);
  }

  @Override
  public Optional<String> grantToken() {
    return reader.grantToken(headers);
  }

  @Override
  public List<String> transactionTokens() {
    return reader.transactionTokens(headers);
  }

  @Override
  public Correlation correlation() {
    return Correlation.of(reader.value(headers, REQUEST_ID), reader.value(headers, TRACEPARENT));
  }

  @Override
  public Optional<CredentialFingerprint> credential() {
    return peer.credential();
  }

  @Override
  public CallOrigin presenting(Credential presented) {
    return new HeaderOrigin<>(peer.presenting(presented), headers, reader);
  }

  @Override
  public CallOrigin withoutHeaders() {
    return peer;
  }

  @Override
  public CallOrigin kept() {
    return new HeaderOrigin<>(peer, reader.copy(headers), reader);
  }

  @Override
  public String toString() {
    return peer.toString();
  }
}
