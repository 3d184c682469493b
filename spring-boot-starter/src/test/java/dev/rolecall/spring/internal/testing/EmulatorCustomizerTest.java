package dev.rolecall.spring.internal.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.testing.RolecallExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.test.context.ContextCustomizerFactory;

/** The test classes whose application is led to an emulator. */
class EmulatorCustomizerTest {

  @RegisterExtension
  static final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  /** A test of the class around it. */
  static class Nested {}

  /** A test that inherits the field. */
  static final class Inheriting extends EmulatorCustomizerTest {}

  @Test
  void staticField_ofTheClassASuperclassOrTheClassAround_isFound() {
    assertThat(EmulatorCustomizer.of(EmulatorCustomizerTest.class))
        .contains(new EmulatorCustomizer(rolecall));
    assertThat(EmulatorCustomizer.of(Inheriting.class)).contains(new EmulatorCustomizer(rolecall));
    assertThat(EmulatorCustomizer.of(Nested.class)).contains(new EmulatorCustomizer(rolecall));
  }

  @Test
  void classWithoutTheField_isLeftAlone() {
    assertThat(EmulatorCustomizer.of(String.class)).isEmpty();
  }

  @Test
  void fieldThatIsNotStatic_isRefused() {
    assertThatThrownBy(() -> EmulatorCustomizer.of(WithAnInstanceField.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("WithAnInstanceField.own: not static (expected: static");
  }

  @Test
  void springTest_findsTheFactory() {
    ContextCustomizerFactory factory =
        SpringFactoriesLoader.forDefaultResourceLocation()
            .load(ContextCustomizerFactory.class, (type, name, unable) -> {})
            .stream()
            .filter(TestClassCustomizerFactory.class::isInstance)
            .findFirst()
            .orElseThrow();

    assertThat(factory.createContextCustomizer(EmulatorCustomizerTest.class, List.of()))
        .isEqualTo(new EmulatorCustomizer(rolecall));
    assertThat(factory.createContextCustomizer(String.class, List.of())).isNull();
  }
}
