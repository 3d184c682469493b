package dev.rolecall.cli.proxy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.ring.KeyRingFileException;
import dev.rolecall.jwt.ring.SigningKeys;
import dev.rolecall.txntoken.TransactionTokenMint;
import dev.rolecall.txntoken.TrustDomain;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how the services behind a proxy learn who called. */
public final class IdentityOptions {

  private static final String DOMAIN = "--txn-domain";

  @Option(
      names = DOMAIN,
      paramLabel = "NAME",
      description =
          "Tell who called in a signed token, the header txn-token, for the services of this trust"
              + " domain. Default: no token.")
  @Nullable String domain;

  @Option(
      names = "--txn-key-ring",
      paramLabel = "FILE",
      description =
          "The keys to sign tokens with, as 'rolecall exchange rotate' makes them; followed, so that"
              + " several replicas share them. Default: new keys in memory, for one replica.")
  @Nullable Path ring;

  @Option(
      names = "--txn-life",
      paramLabel = "DURATION",
      description =
          "The longest life of a token: 10s to 1h. It never outlives its caller's credential."
              + " Default: 60s.")
  @Nullable Duration life;

  @Option(
      names = "--txn-workload",
      paramLabel = "NAME",
      description =
          "The name of this proxy in tokens, for records: best the ARN of its role. Default:"
              + " rolecall-proxy.")
  @Nullable String workload;

  @Option(
      names = "--identity-headers",
      description =
          "Tell who called in x-rolecall-principal and x-rolecall-scheme too. A service may believe"
              + " them only where nothing but this proxy can reach it.")
  boolean headers;

  /**
   * Opens the keys, where there are tokens to sign.
   *
   * @throws CommandFailure if a file or a value does not do, or options contradict one another
   */
  public Identity opened(OpenTelemetry telemetry) {
    String name = domain;
    if (name == null) {
      if (ring != null || life != null || workload != null) {
        throw new CommandFailure("--txn-key-ring, --txn-life, --txn-workload: only with " + DOMAIN);
      }
      return Identity.withoutTokens(headers);
    }
    AccessRuntime runtime = AccessRuntime.builder().openTelemetry(telemetry).build();
    try {
      return Identity.withTokens(mint(name, runtime), runtime, headers);
    } catch (KeyRingFileException e) {
      runtime.close();
      throw new CommandFailure(
          "--txn-key-ring: "
              + e.getMessage()
              + "\n'rolecall exchange rotate --key-ring FILE' makes one",
          e);
    } catch (IllegalArgumentException e) {
      runtime.close();
      throw new CommandFailure(DOMAIN + ": " + e.getMessage(), e);
    }
  }

  private SigningKeys keys() {
    return ring == null
        ? SigningKeys.inMemory(Algorithm.RS256, new SecureRandom())
        : SigningKeys.follow(ring);
  }

  private TransactionTokenMint mint(String name, AccessRuntime runtime) {
    TransactionTokenMint.Builder mint =
        TransactionTokenMint.builder(
            new TrustDomain(name), workload == null ? "rolecall-proxy" : workload, keys(), runtime);
    return (life == null ? mint : mint.life(life)).build();
  }

  /** Whether services are told who called in a way that they can verify. */
  public boolean areSigned() {
    return domain != null;
  }

  /** A line for the person who starts the proxy; empty for none. */
  public String note() {
    if (domain == null) {
      return headers ? "" : "note: services behind do not learn who called; see " + DOMAIN;
    }
    return "tokens for " + domain + ", " + keysNote();
  }

  private String keysNote() {
    return ring == null
        ? "keys in memory: a restart forgets them, and replicas share none"
        : "keys of " + ring;
  }
}
