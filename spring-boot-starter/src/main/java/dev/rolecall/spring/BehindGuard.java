package dev.rolecall.spring;

import io.grpc.ServerInterceptor;

/** What runs right behind the guard, and before all interceptors of Spring's. */
interface BehindGuard extends ServerInterceptor {}
