package dev.rolecall.access.call;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.CredentialFingerprint;
import dev.rolecall.policy.condition.HeaderName;
import dev.rolecall.policy.condition.IpAddress;
import java.util.Optional;

/** The origin of calls whose headers are not known. */
record PeerOrigin(
    String peer, Optional<IpAddress> address, Optional<CredentialFingerprint> credential)
    implements CallOrigin {

  PeerOrigin {
    requireNonNull(peer, "peer");
    requireNonNull(address, "address");
    requireNonNull(credential, "credential");
  }

  @Override
  public boolean knowsHeaders() {
    return false;
  }

  @Override
  public Optional<String> header(HeaderName name) {
    return Optional.empty();
  }

  @Override
  public CallOrigin presenting(Credential presented) {
    return new PeerOrigin(peer, address, CredentialFingerprint.of(presented));
  }

  @Override
  public CallOrigin withoutHeaders() {
    return this;
  }

  @Override
  public CallOrigin kept() {
    return this;
  }

  @Override
  public String toString() {
    return "CallOrigin[" + peer + "]";
  }
}
