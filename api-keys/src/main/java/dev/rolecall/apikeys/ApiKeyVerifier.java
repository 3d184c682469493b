package dev.rolecall.apikeys;

import static dev.rolecall.identity.RefusalReason.BINDING_REQUIRED;
import static dev.rolecall.identity.RefusalReason.CREDENTIAL_MALFORMED;
import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Reading;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import java.time.Clock;
import java.util.Optional;

/**
 * Recognises API keys by the keys in force. All checks are local, so each answer is settled: shape
 * and checksum, the connection, the id with the hash of the secret, then the key's state.
 */
final class ApiKeyVerifier implements CallerVerifier {

  private final CurrentKeys keys;
  private final Clock clock;
  private final boolean acceptedWithoutTls;
  private final Runnable stop;

  ApiKeyVerifier(CurrentKeys keys, Clock clock, boolean acceptedWithoutTls, Runnable stop) {
    this.keys = requireNonNull(keys, "keys");
    this.clock = requireNonNull(clock, "clock");
    this.acceptedWithoutTls = acceptedWithoutTls;
    this.stop = requireNonNull(stop, "stop");
  }

  @Override
  public Reading read(Credential credential, Connection connection) {
    if (!(credential instanceof Credential.Header header)) {
      return Reading.notMine();
    }
    String text = header.bearer();
    if (text == null || !text.startsWith(ApiKey.PREFIX)) {
      return Reading.notMine();
    }
    return ApiKey.parse(text)
        .map(key -> read(key, connection))
        .orElseGet(() -> Reading.refused(CREDENTIAL_MALFORMED, Optional.empty()));
  }

  private Reading read(ApiKey key, Connection connection) {
    if (connection.certificates().isEmpty() && !acceptedWithoutTls) {
      return Reading.refused(BINDING_REQUIRED, Optional.of(new KeyFacts(key.id(), true)));
    }
    return new Reading.Settled(keys.get().verdict(key, clock.instant()));
  }

  @Override
  public Optional<RefusalReason> withdrawn(Caller caller) {
    return keys.get().withdrawn(caller);
  }

  @Override
  public void onWithdrawal(Runnable listener) {
    keys.onWithdrawal(listener);
  }

  /** Ends the checks of the file. The keys in force stay. */
  @Override
  public void close() {
    stop.run();
  }
}
