package dev.rolecall.spring.internal.testing;

import static java.util.Objects.requireNonNull;

import dev.rolecall.spring.CredentialsCustomizer;
import dev.rolecall.spring.RuntimeCustomizer;
import dev.rolecall.spring.grants.FollowedGrants;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.testing.TestClock;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ReflectionUtils;

/**
 * Leads the application of a test class to the emulator of the class's {@link RolecallExtension},
 * and has it go by the extension's clock and follow its grants.
 *
 * @param extension the static field's value; by it the context is cached
 */
record EmulatorCustomizer(RolecallExtension extension) implements ContextCustomizer {

  EmulatorCustomizer {
    requireNonNull(extension, "extension");
  }

  /**
   * The customizer of that class; empty if neither it, a superclass nor the class around it has a
   * field of that type.
   *
   * @throws IllegalStateException if the field is not static
   */
  static Optional<EmulatorCustomizer> of(Class<?> testClass) {
    return Stream.<Class<?>>iterate(testClass, each -> each != null, Class::getEnclosingClass)
        .flatMap(
            outer -> Stream.<Class<?>>iterate(outer, each -> each != null, Class::getSuperclass))
        .flatMap(each -> Stream.of(each.getDeclaredFields()))
        .filter(field -> field.getType() == RolecallExtension.class)
        .findFirst()
        .map(field -> new EmulatorCustomizer(valueOf(field)));
  }

  private static RolecallExtension valueOf(Field field) {
    if (!Modifier.isStatic(field.getModifiers())) {
      throw new IllegalStateException(
          field
              + ": not static (expected: static, since Spring starts the application once for the"
              + " class)");
    }
    ReflectionUtils.makeAccessible(field);
    return (RolecallExtension) requireNonNull(ReflectionUtils.getField(field, null), "extension");
  }

  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource("rolecall-testing", Map.copyOf(extension.springProperties())));
    TestClock clock = extension.clock();
    RuntimeCustomizer ofRuntimes = options -> options.clock(clock).ticker(clock::nanos);
    CredentialsCustomizer ofCredentials = (channel, options) -> options.clock(clock);
    context.getBeanFactory().registerSingleton("rolecallTestRuntimes", ofRuntimes);
    context.getBeanFactory().registerSingleton(FollowedGrants.OF_TESTS, extension.grants());
    context.getBeanFactory().registerSingleton("rolecallTestCredentials", ofCredentials);
  }
}
