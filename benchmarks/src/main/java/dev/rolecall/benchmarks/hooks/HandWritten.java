package dev.rolecall.benchmarks.hooks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.Caller;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An interceptor as a user would write it: it finds the token in a cache, and puts the caller into
 * the context. It neither authorizes the call nor ends it later, so it does less than the guard.
 */
final class HandWritten<K> implements ServerInterceptor {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Function<String, K> key;
  private final Cache<K, Caller> callers =
      Caffeine.newBuilder()
          .maximumSize(10_000)
          .expireAfterWrite(Duration.ofMinutes(15))
          .executor(Runnable::run)
          .build();

  private HandWritten(Function<String, K> key, String authorization, Caller caller) {
    this.key = key;
    callers.put(key.apply(authorization), caller);
  }

  /** Keyed by the header's whole text, which is hashed for every call. */
  static ServerInterceptor byToken(String authorization, Caller caller) {
    return new HandWritten<String>(text -> text, authorization, caller);
  }

  /** Keyed by the SHA-256 of the header, so that no token is held. */
  static ServerInterceptor byDigest(String authorization, Caller caller) {
    return new HandWritten<ByteBuffer>(HandWritten::digest, authorization, caller);
  }

  private static ByteBuffer digest(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(sha256.digest(text.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    @Nullable String authorization = headers.get(AUTHORIZATION);
    @Nullable Caller caller =
        authorization == null ? null : callers.getIfPresent(key.apply(authorization));
    if (caller == null) {
      call.close(Status.UNAUTHENTICATED, new Metadata());
      return new ServerCall.Listener<>() {};
    }
    Context context = CurrentCaller.in(Context.current(), caller);
    return Contexts.interceptCall(context, call, headers, next);
  }
}
