package dev.rolecall.guard;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** OpenTelemetry whose instruments pass a seam each time something is counted or timed. */
final class FaultyTelemetry {

  private final Fault fault;

  private FaultyTelemetry(Fault fault) {
    this.fault = fault;
  }

  static OpenTelemetry passing(Fault fault) {
    return (OpenTelemetry)
        new FaultyTelemetry(fault).around(OpenTelemetry.noop(), OpenTelemetry.class);
  }

  private Object around(Object target, Class<?> type) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> called(target, method, arguments));
  }

  private Object called(Object target, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("add") || method.getName().equals("record")) {
      fault.strike(FaultSeam.METRICS);
    }
    Object result;
    try {
      result = method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    Class<?> type = method.getReturnType();
    return type.isInterface()
            && type.getName().startsWith("io.opentelemetry")
            && type != Attributes.class
        ? around(result, type)
        : result;
  }
}
