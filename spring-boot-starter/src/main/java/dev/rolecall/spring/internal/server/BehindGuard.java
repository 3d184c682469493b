package dev.rolecall.spring.internal.server;

import io.grpc.ServerInterceptor;

/** An interceptor that runs right behind the guard, and before all interceptors of Spring's. */
public interface BehindGuard extends ServerInterceptor {}
