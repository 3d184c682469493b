package dev.rolecall.spring;

import io.grpc.ServerInterceptor;

/** An interceptor that runs right behind the guard, and before all interceptors of Spring's. */
interface BehindGuard extends ServerInterceptor {}
