package dev.rolecall.spring.internal.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.util.ClassUtils;

/** Finds the emulator of a Spring test, where {@code rolecall-testing} is on the class path. */
final class TestClassCustomizerFactory implements ContextCustomizerFactory {

  private static final boolean TESTING =
      ClassUtils.isPresent(
          "dev.rolecall.testing.RolecallExtension",
          TestClassCustomizerFactory.class.getClassLoader());

  /** For spring-test. */
  TestClassCustomizerFactory() {}

  @Override
  public @Nullable ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> configuration) {
    return TESTING ? EmulatorCustomizer.of(testClass).orElse(null) : null;
  }
}
