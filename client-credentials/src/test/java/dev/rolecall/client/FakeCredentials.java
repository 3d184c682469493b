package dev.rolecall.client;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

/** A provider that counts how often it is asked, and fails when told to. */
final class FakeCredentials implements IdentityProvider<AwsCredentialsIdentity>, AutoCloseable {

  static final String ACCESS_KEY_ID = "ASIAIOSFODNN7EXAMPLE";
  static final String SECRET_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  static final String SESSION_TOKEN = "FwoGZXIvYXdzEXAMPLE+token/with=";

  private final AtomicInteger loads = new AtomicInteger();
  private volatile AwsCredentialsIdentity identity = session(SESSION_TOKEN, null);
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;

  static AwsSessionCredentials session(String token, @Nullable Instant end) {
    AwsSessionCredentials.Builder session =
        AwsSessionCredentials.builder()
            .accessKeyId(ACCESS_KEY_ID)
            .secretAccessKey(SECRET_KEY)
            .sessionToken(token);
    return (end == null ? session : session.expirationTime(end)).build();
  }

  void give(AwsCredentialsIdentity next) {
    identity = next;
    failure = null;
  }

  void fail(Throwable next) {
    failure = next;
  }

  int loads() {
    return loads.get();
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public Class<AwsCredentialsIdentity> identityType() {
    return AwsCredentialsIdentity.class;
  }

  /** As AWS's own providers do: a failure is thrown at the caller, and the future is done. */
  @Override
  public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
    requireNonNull(request, "request");
    loads.incrementAndGet();
    Throwable thrown = failure;
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    return thrown == null
        ? CompletableFuture.completedFuture(identity)
        : CompletableFuture.failedFuture(thrown);
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return "FakeCredentials " + SECRET_KEY;
  }
}
