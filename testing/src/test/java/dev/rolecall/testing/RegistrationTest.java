package dev.rolecall.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.rolecall.guard.CallGuard;
import dev.rolecall.policy.AccessPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Test classes that register the extension, and some that forget to, as JUnit runs them. */
class RegistrationTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  private static final AccessPolicy POLICY = AccessPolicy.builder("orders").build();

  /** The message that each test of the class failed with; empty for one that passed. */
  private static List<Optional<String>> failures(Class<?> tests) {
    List<Optional<String>> ends = new ArrayList<>();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                  ends.add(result.getThrowable().map(Throwable::getMessage));
                }
              }
            });
    assertThat(ends).isNotEmpty();
    return ends;
  }

  private static void assertPasses(Class<?> tests) {
    assertThat(failures(tests)).containsOnly(Optional.empty());
  }

  private static void assertToldToRegister(Class<?> tests) {
    assertThat(failures(tests))
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .hasValueSatisfying(
                        message ->
                            assertThat(message)
                                .startsWith("JUnit does not know this RolecallExtension")
                                .contains("expected: @RegisterExtension on its field")));
  }

  @Test
  void extension_ofAField_isToldToBeRegistered() {
    assertToldToRegister(ForgottenField.class);
  }

  @Test
  void extension_ofAStaticField_isToldToBeRegistered() {
    assertToldToRegister(ForgottenStaticField.class);
  }

  @Test
  void extension_ofAMethod_isToldToBeRegistered() {
    assertToldToRegister(OfAMethod.class);
  }

  @Test
  void extension_thatIsRegistered_isUsedFromInitializersOn() {
    assertPasses(RegisteredField.class);
    assertPasses(RegisteredStaticField.class);
    assertPasses(OneInstance.class);
    assertPasses(Outer.class);
  }

  static final class ForgottenField {
    private final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

    @Test
    void guard_isMade() {
      assertThat(rolecall.guard(POLICY)).isNotNull();
    }
  }

  static final class ForgottenStaticField {
    private static final RolecallExtension rolecall = RolecallExtension.forAudience("orders");
    private static final CallGuard GUARD = rolecall.guard(POLICY);

    @Test
    void caller_isMade() {
      assertThat(GUARD).isNotNull();
      assertThat(rolecall.as(CHECKOUT)).isNotNull();
    }

    @Test
    void resource_isLeftToBeClosed() {
      var unused = rolecall.<AutoCloseable>closing(() -> {});
    }
  }

  static final class OfAMethod {

    @Test
    void guard_isMade() {
      assertThat(RolecallExtension.forAudience("orders").guard(POLICY).access()).isNotNull();
    }
  }

  static final class RegisteredField {
    @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

    private final CallGuard guard = rolecall.guard(POLICY);

    @BeforeEach
    void prepare() {
      assertThat(rolecall.as(CHECKOUT)).isNotNull();
    }

    @Test
    void guard_isMade() {
      assertThat(rolecall.serve(guard)).isNotNull();
    }
  }

  static final class RegisteredStaticField {
    @RegisterExtension
    static final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

    private final CallGuard guard = guard();

    private static CallGuard guard() {
      return rolecall.guard(POLICY);
    }

    @BeforeAll
    static void prepare() {
      assertThat(rolecall.as(CHECKOUT)).isNotNull();
    }

    @Test
    void guard_isMade() {
      assertThat(rolecall.serve(guard)).isNotNull();
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static final class OneInstance {
    @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

    @BeforeAll
    void prepare() {
      assertThat(rolecall.as(CHECKOUT)).isNotNull();
    }

    @Test
    void guard_isMade() {
      assertThat(rolecall.guard(POLICY)).isNotNull();
    }
  }

  static class Outer {
    @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

    @Nested
    class Inner {
      @Test
      void guard_isMade() {
        assertThat(rolecall.guard(POLICY)).isNotNull();
      }
    }
  }
}
