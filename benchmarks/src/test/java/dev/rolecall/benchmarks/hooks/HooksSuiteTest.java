package dev.rolecall.benchmarks.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Each benchmark once, in this JVM: that it still runs, not what it costs. */
class HooksSuiteTest {

  static List<Class<?>> benchmarks() {
    return Stream.of(HooksSuite.BENCHMARKS, TokensSuite.BENCHMARKS, GrantsSuite.BENCHMARKS)
        .<Class<?>>flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("benchmarks")
  void benchmarks_run(Class<?> type) throws Exception {
    Object state = type.getConstructor().newInstance();
    invokeAll(state, Setup.class);
    try {
      assertThat(methods(type, Benchmark.class)).isNotEmpty();
      for (Method benchmark : methods(type, Benchmark.class)) {
        // Twice: the first may be the miss before the hits.
        assertThat(benchmark.invoke(state)).as(benchmark.getName()).isNotNull();
        assertThat(benchmark.invoke(state)).as(benchmark.getName()).isNotNull();
      }
    } finally {
      assertThatCode(() -> invokeAll(state, TearDown.class)).doesNotThrowAnyException();
    }
  }

  private static void invokeAll(Object state, Class<? extends Annotation> with) throws Exception {
    for (Method method : methods(state.getClass(), with)) {
      method.invoke(state);
    }
  }

  private static List<Method> methods(Class<?> type, Class<? extends Annotation> with) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.isAnnotationPresent(with))
        .toList();
  }
}
