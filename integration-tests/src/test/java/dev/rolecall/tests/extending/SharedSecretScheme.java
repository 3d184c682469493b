package dev.rolecall.tests.extending;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import dev.rolecall.identity.RefusalReason;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A scheme of shared secrets: {@code Bearer toy-NAME-SECRET} is the API client of that name. */
final class SharedSecretScheme implements Scheme {

  private static final Evidence EVIDENCE = Evidence.of("toy", Evidence.Carrier.CALL_METADATA);

  private final Map<String, String> secrets;

  /** The scheme of those secrets, each without a hyphen, by the name of its client. */
  SharedSecretScheme(Map<String, String> secrets) {
    this.secrets = Map.copyOf(secrets);
  }

  @Override
  public CallerVerifier verifier(AccessRuntime runtime) {
    return new CallerVerifier() {
      @Override
      public Reading read(Credential credential, Connection connection) {
        String text = credential instanceof Credential.Header header ? header.bearer() : null;
        return text != null && text.startsWith("toy-")
            ? new Reading.Settled(judge(text, runtime.clock().instant().plus(Duration.ofHours(1))))
            : Reading.notMine();
      }

      @Override
      public void close() {}
    };
  }

  private Verification judge(String sent, Instant notAfter) {
    String name = sent.substring(4, Math.max(4, sent.lastIndexOf('-')));
    String good = "toy-" + name + "-" + secrets.getOrDefault(name, "");
    return MessageDigest.isEqual(good.getBytes(UTF_8), sent.getBytes(UTF_8))
            && secrets.containsKey(name)
        ? new Verification.Verified(Caller.of(new ApiClient(name), EVIDENCE, notAfter))
        : new Verification.Refused(RefusalReason.ISSUER_REFUSED);
  }
}
