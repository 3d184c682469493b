package dev.rolecall.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenResourcesTest {

  private final OpenResources open = new OpenResources();
  private final List<String> closed = new ArrayList<>();

  OpenResourcesTest() {
    open.registered();
  }

  private void add(String name) {
    var unused = open.<AutoCloseable>add(() -> closed.add(name));
  }

  private void addBroken(String name) {
    var unused =
        open.<AutoCloseable>add(
            () -> {
              throw new IOException(name);
            });
  }

  @Test
  void resources_ofATest_areClosedAfterIt_lastFirst_andOnce() throws Exception {
    add("server");
    add("channel");

    open.testEnded();
    open.testEnded();

    assertThat(closed).containsExactly("channel", "server");
  }

  @Test
  void resources_ofAClass_areClosedAfterTheOutermost() throws Exception {
    open.classBegan();
    add("server");
    open.testEnded();
    open.classBegan();
    open.testEnded();
    open.classEnded();
    assertThat(closed).isEmpty();

    open.classEnded();

    assertThat(closed).containsExactly("server");
  }

  @Test
  void resources_whichFailToClose_leaveNoOtherOpen() {
    add("server");
    addBroken("first");
    addBroken("second");

    assertThatThrownBy(open::testEnded)
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("second")
        .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));
    assertThat(closed).containsExactly("server");
  }

  @Test
  void add_beforeJUnitKnowsOfThem_isRefused_andLeavesNothingOpen() {
    OpenResources unknown = new OpenResources();

    assertThatThrownBy(() -> unknown.<AutoCloseable>add(() -> closed.add("server")))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageContaining("@RegisterExtension");
    assertThat(closed).containsExactly("server");
  }
}
