package dev.rolecall.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The end of all that one end has made. */
final class ResourcesTest {

  private final Resources resources = new Resources();
  private final List<String> closed = new ArrayList<>();

  @Test
  void closeAll_closesTheLastFirst_andOnce() {
    String first = resources.add("first", closed::add);
    String second = resources.add("second", closed::add);

    resources.closeAll();
    resources.closeAll();

    assertThat(closed).containsExactly(second, first);
  }

  @Test
  void closeAll_ofWhichOneThrows_closesTheOthersAllTheSame() {
    String first = resources.add("first", closed::add);
    String broken =
        resources.add(
            "broken",
            it -> {
              throw new IllegalStateException(it);
            });
    String last = resources.add("last", closed::add);

    assertThatThrownBy(resources::closeAll).hasMessage(broken);

    assertThat(closed).containsExactly(last, first);
  }
}
