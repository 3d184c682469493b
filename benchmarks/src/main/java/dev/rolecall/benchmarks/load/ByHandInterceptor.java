package dev.rolecall.benchmarks.load;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.benchmarks.fleet.Echo;
import dev.rolecall.benchmarks.fleet.Orders;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An interceptor as a team would write it in an afternoon: a cache from the token's text to the
 * role, and a map of the methods that a role may call. It blocks on a miss; a run has one.
 */
final class ByHandInterceptor implements ServerInterceptor {

  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  static final String BEARER = "Bearer ";

  private static final Context.Key<String> ROLE = Context.key("role");
  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          Echo.SAY.getFullMethodName(), Set.of(Orders.CHECKOUT),
          Echo.CHAT.getFullMethodName(), Set.of(Orders.CHECKOUT));

  private final LoadingCache<String, String> roles;

  ByHandInterceptor(CallerLookup callers) {
    requireNonNull(callers, "callers");
    this.roles =
        Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build(token -> role(callers, token));
  }

  private static String role(CallerLookup callers, String token) {
    return callers
        .find(Credential.bearer(token), Connection.withoutTls("127.0.0.1"))
        .join()
        .fold(
            verified -> verified.caller().principal().text(),
            refused -> refused.reason().toString(),
            unavailable -> unavailable.reason().toString());
  }

  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    @Nullable String authorization = headers.get(AUTHORIZATION);
    if (authorization == null || !authorization.startsWith(BEARER)) {
      return refuse(call, Status.UNAUTHENTICATED);
    }
    String role = roles.get(authorization.substring(BEARER.length()));
    if (!ALLOWED
        .getOrDefault(call.getMethodDescriptor().getFullMethodName(), Set.of())
        .contains(role)) {
      return refuse(call, Status.PERMISSION_DENIED);
    }
    return Contexts.interceptCall(Context.current().withValue(ROLE, role), call, headers, next);
  }

  private static <ReqT> ServerCall.Listener<ReqT> refuse(ServerCall<ReqT, ?> call, Status why) {
    call.close(why, new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
