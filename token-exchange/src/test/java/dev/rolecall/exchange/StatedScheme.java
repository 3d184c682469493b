package dev.rolecall.exchange;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.ApiClient;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.Evidence;
import dev.rolecall.identity.IamRole;
import dev.rolecall.identity.RefusalReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A scheme whose credentials state their verdict: {@code role:NAME} is a session of that role,
 * {@code refused:REASON} and {@code away:REASON} are what they say, {@code key:NAME} is an API
 * client, {@code broken} is a defect.
 */
final class StatedScheme implements Scheme, CallerVerifier {

  static final String ACCOUNT = "arn:aws:iam::111122223333:role/";

  private volatile Instant notAfter = Instant.EPOCH;
  private volatile Connection last = Connection.withoutTls("none");

  /** From now on its sessions end then. */
  StatedScheme until(Instant notAfter) {
    this.notAfter = notAfter;
    return this;
  }

  /** The connection of the last credential. */
  Connection lastConnection() {
    return last;
  }

  @Override
  public CallerVerifier verifier(AccessRuntime runtime) {
    return this;
  }

  @Override
  public Reading read(Credential credential, Connection connection) {
    last = connection;
    String text = String.valueOf(((Credential.Header) credential).bearer());
    String[] parts = text.split(":", 2);
    return switch (parts[0]) {
      case "role" -> new Reading.Settled(new Verification.Verified(role(parts[1])));
      case "key" -> new Reading.Settled(new Verification.Verified(client(parts[1])));
      case "refused" -> Reading.refused(RefusalReason.valueOf(parts[1]), Optional.empty());
      case "away" ->
          new Reading.Settled(
              new Verification.Unavailable(RefusalReason.valueOf(parts[1]), Optional.empty()));
      case "broken" -> throw new IllegalStateException("a defect of the scheme");
      default -> Reading.notMine();
    };
  }

  private Caller role(String name) {
    return Caller.of(
        IamRole.of(ACCOUNT + name, "AROAEXAMPLE000000001"),
        Evidence.ofSession("stated", Evidence.Carrier.CALL_METADATA, "session-1")
            .with("ASIAEXAMPLE00000" + name, List.of()),
        notAfter);
  }

  private Caller client(String name) {
    return Caller.of(
        new ApiClient(name), Evidence.of("stated", Evidence.Carrier.CALL_METADATA), notAfter);
  }

  @Override
  public void close() {}
}
