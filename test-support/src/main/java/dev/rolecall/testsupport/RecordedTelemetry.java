package dev.rolecall.testsupport;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An {@code OpenTelemetry} that keeps the measurements of its instruments, summed up by {@code
 * name{label=value}}, labels in the order of their names. Safe for use by many threads.
 */
public final class RecordedTelemetry {

  /** The sum of an instrument that has measured nothing. */
  public static final double NONE = -1;

  private final Runnable beforeEach;
  private final Map<String, Double> sums = new ConcurrentHashMap<>();
  private final List<String> settings = new CopyOnWriteArrayList<>();

  /** Telemetry without measurements yet. */
  public RecordedTelemetry() {
    this(() -> {});
  }

  /**
   * The same, whose instruments may fail.
   *
   * @param beforeEach runs in each measurement; what it throws, the instrument throws
   */
  public RecordedTelemetry(Runnable beforeEach) {
    this.beforeEach = requireNonNull(beforeEach, "beforeEach");
  }

  /** The telemetry to build with. */
  public OpenTelemetry telemetry() {
    return (OpenTelemetry) around("", OpenTelemetry.noop(), OpenTelemetry.class);
  }

  /** The sum of the measurements with that name and those labels, or {@link #NONE}. */
  public double sum(String nameAndLabels) {
    return sums.getOrDefault(nameAndLabels, NONE);
  }

  /** The sums of all measurements. */
  public Map<String, Double> sums() {
    return Map.copyOf(sums);
  }

  /** The options of the instruments, each as {@code name.setter(value)}. */
  public List<String> settings() {
    return List.copyOf(settings);
  }

  private Object around(String name, Object target, Class<?> type) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> called(name, target, method, arguments));
  }

  private Object called(String name, Object target, Method method, Object[] arguments)
      throws Throwable {
    String called = method.getName();
    String named = name;
    if (called.equals("add") || called.equals("record")) {
      beforeEach.run();
      sums.merge(name + labels(arguments), ((Number) arguments[0]).doubleValue(), Double::sum);
    } else if (called.endsWith("Builder")) {
      named = (String) arguments[0];
    } else if (called.startsWith("set")) {
      settings.add(name + "." + called + "(" + arguments[0] + ")");
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
        ? around(named, result, type)
        : result;
  }

  private static String labels(Object[] arguments) {
    StringJoiner labels = new StringJoiner(",", "{", "}");
    if (arguments.length > 1) {
      ((Attributes) arguments[1]).forEach((key, value) -> labels.add(key.getKey() + "=" + value));
    }
    return labels.toString();
  }
}
