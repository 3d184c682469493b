package dev.rolecall.access.call;

import dev.rolecall.access.audit.Correlation;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.CredentialFingerprint;
import dev.rolecall.policy.condition.CallFacts;
import dev.rolecall.policy.condition.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * The origin of a call: the peer that records name, and the facts that conditions read. It prints
 * the peer alone.
 */
public sealed interface CallOrigin extends CallFacts permits PeerOrigin, HeaderOrigin {

  /**
   * The origin of calls whose headers are not known.
   *
   * @param peer the peer's address, without a port; any other text, such as {@code unknown}, is a
   *     peer whose address is unknown
   */
  static CallOrigin of(String peer) {
    return new PeerOrigin(peer, IpAddress.read(peer), Optional.empty());
  }

  /** The peer's address without its port; {@code unknown} without one. */
  String peer();

  /** The grant token of the call; empty if it has none, or its headers are not known. */
  default Optional<String> grantToken() {
    return Optional.empty();
  }

  /** The transaction tokens of the call; none if its headers are not known. */
  default List<String> transactionTokens() {
    return List.of();
  }

  /** The names by which other records know the call; none if its headers are not known. */
  default Correlation correlation() {
    return Correlation.NONE;
  }

  /** The fingerprint of the credential that counted; empty where that is not known. */
  Optional<CredentialFingerprint> credential();

  /** The same of a call for which that credential counts. */
  CallOrigin presenting(Credential presented);

  /** The same without headers: of any call on the connection. */
  CallOrigin withoutHeaders();

  /**
   * The same with those headers of a call, which are not read until a condition asks for one.
   *
   * @param headers the headers; not copied
   */
  default <H> CallOrigin with(H headers, HeaderReader<H> reader) {
    return new HeaderOrigin<>(withoutHeaders(), headers, reader);
  }

  /** The same for as long as the call lives, whatever its handler does with the headers. */
  CallOrigin kept();
}
