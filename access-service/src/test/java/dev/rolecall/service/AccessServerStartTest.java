package dev.rolecall.service;

import static dev.rolecall.service.Steps.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.service.store.AccessStore;
import dev.rolecall.service.store.StoreSource;
import dev.rolecall.service.store.sqlite.SqliteStore;
import dev.rolecall.testsupport.ManualScheduler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node of which a part does not start. */
class AccessServerStartTest {

  @TempDir private Path folder;

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger listening = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final List<Duration> forgotten = new CopyOnWriteArrayList<>();

  /** The feed, the watches of requests, and the teller of events ask for news, in that order. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void start_whosePartFails_closesThoseBeforeIt(int failing) throws Exception {
    AccessServerBuilder builder = builder(failing);

    assertThatThrownBy(builder::start).hasMessage("no news of the test");

    assertThat(asked).hasValue(failing);
    assertThat(listening).hasValue(0);
    assertThat(closed).hasValue(1);
  }

  @Test
  void start_ofAllParts_listensThreeTimes_andCloseEndsThat() throws Exception {
    AccessServer node = builder(0).start();

    assertThat(listening).hasValue(3);
    node.close();
    assertThat(listening).hasValue(0);
    assertThat(closed).hasValue(1);
  }

  @Test
  void history_isDeletedEachMinute_whereATimeIsSet() throws Exception {
    ManualScheduler scheduler = new ManualScheduler();
    AccessServerBuilder builder =
        builder(0).runtime(AccessRuntime.builder().scheduler(scheduler).build());
    assertThatThrownBy(() -> builder.keepHistory(Duration.ofDays(6)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("history kept");

    AccessServer keeping = builder.start();
    scheduler.pass(Duration.ofMinutes(3));
    keeping.close();
    assertThat(forgotten).isEmpty();

    ManualScheduler second = new ManualScheduler();
    AccessServer forgetting =
        builder
            .runtime(AccessRuntime.builder().scheduler(second).build())
            .keepHistory(Duration.ofDays(400))
            .start();
    second.pass(Duration.ofMinutes(1));
    soon().untilAsserted(() -> assertThat(forgotten).containsExactly(Duration.ofDays(400)));
    forgetting.close();
  }

  private AccessServerBuilder builder(int failing) throws Exception {
    Path rules = Files.writeString(folder.resolve("rules.yaml"), AccessNode.RULES);
    StoreSource source = SqliteStore.in(folder.resolve("data"));
    return AccessServer.builder(rules, runtime -> counting(source.open(runtime), failing))
        .runtime(AccessRuntime.ofDefaults())
        .accept(new StatedCallers());
  }

  private AccessStore counting(AccessStore store, int failing) {
    return (AccessStore)
        Proxy.newProxyInstance(
            AccessStore.class.getClassLoader(),
            new Class<?>[] {AccessStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                closed.incrementAndGet();
              }
              if (method.getName().equals("forget")) {
                forgotten.add((Duration) arguments[0]);
              }
              if (method.getName().equals("onNews")) {
                if (asked.incrementAndGet() == failing) {
                  throw new IllegalStateException("no news of the test");
                }
                AccessStore.Listening real = store.onNews((Runnable) arguments[0]);
                listening.incrementAndGet();
                AtomicBoolean open = new AtomicBoolean(true);
                return (AccessStore.Listening)
                    () -> {
                      if (open.compareAndSet(true, false)) {
                        listening.decrementAndGet();
                      }
                      real.close();
                    };
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
