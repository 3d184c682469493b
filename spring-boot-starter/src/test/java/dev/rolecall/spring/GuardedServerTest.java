package dev.rolecall.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.access.audit.AuditOutcome;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CurrentCaller;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessServerBuilder;
import io.opentelemetry.api.OpenTelemetry;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import org.springframework.security.core.context.SecurityContextHolder;

/** A server of an application, with calls. */
class GuardedServerTest {

  /** A call is written down after its client was told. */
  private final BlockingQueue<AuditRecord> audits = new LinkedBlockingQueue<>();

  private final ApplicationContextRunner server =
      withoutAuditLog().withBean(AuditLog.class, () -> audits::add);

  private static ApplicationContextRunner withoutAuditLog() {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                RolecallServerAutoConfiguration.class, RolecallSecurityAutoConfiguration.class))
        .withUserConfiguration(Others.class)
        .withBean(Scheme.class, Callers::new)
        .withBean(PolicySource.class, () -> PolicySource.fixed(everythingFor("checkout")));
  }

  private static AccessPolicy everythingFor(String role) {
    return AccessPolicy.builder("tests")
        .allow(
            RolePattern.parse("arn:aws:iam::111122223333:role/" + role), "/tests.v1.Questions/Ask")
        .build();
  }

  /** Two customizers of the application's, at either end of the order. */
  @Configuration(proxyBeanMethods = false)
  static class Others {

    private final AtomicInteger reached = new AtomicInteger();

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    ServerBuilderCustomizer<InProcessServerBuilder> first() {
      return builder -> builder.intercept(counting());
    }

    @Bean
    ServerBuilderCustomizer<InProcessServerBuilder> last() {
      return builder -> builder.intercept(counting());
    }

    private ServerInterceptor counting() {
      return new ServerInterceptor() {
        @Override
        public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
            ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
          reached.incrementAndGet();
          return next.startCall(call, headers);
        }
      };
    }
  }

  private static Status refusal(Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
    return Status.OK;
  }

  @Test
  void call_withoutProof_isRefusedBeforeAnyOtherInterceptor() {
    server.run(
        context -> {
          try (InProcess orders = InProcess.of(context, () -> "reached")) {
            assertThat(refusal(orders::ask).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
          }
          assertThat(context.getBean(Others.class).reached).hasValue(0);
          assertThat(audits.poll(10, TimeUnit.SECONDS)).isNotNull();
          assertThat(audits).isEmpty();
        });
  }

  @Test
  void call_withProof_isAdmittedAndPassesTheOthers() {
    server.run(
        context -> {
          try (InProcess orders =
              InProcess.of(context, () -> CurrentCaller.get().principal().text())) {
            assertThat(orders.ask(Callers.PROOF))
                .isEqualTo("arn:aws:iam::111122223333:role/checkout");
          }
          assertThat(context.getBean(Others.class).reached).hasValue(2);
        });
  }

  @Test
  void handler_seesItsCallerInTheSecurityContext() {
    server.run(
        context -> {
          try (InProcess orders =
              InProcess.of(
                  context,
                  () -> String.valueOf(SecurityContextHolder.getContext().getAuthentication()))) {
            assertThat(orders.ask(Callers.PROOF))
                .isEqualTo("CallerAuthentication[" + Callers.CHECKOUT + "]");
          }
        });
  }

  @Test
  void guardCustomizer_hasTheLastWord() throws InterruptedException {
    BlockingQueue<AuditRecord> elsewhere = new LinkedBlockingQueue<>();
    server
        .withBean(
            GuardCustomizer.class,
            () -> options -> options.audit(AuditRules.ofDefaults().to(elsewhere::add)))
        .run(
            context -> {
              try (InProcess orders = InProcess.of(context, () -> "reached")) {
                assertThat(refusal(orders::ask).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
              }
            });
    assertThat(elsewhere.poll(10, TimeUnit.SECONDS)).isNotNull();
    assertThat(elsewhere).isEmpty();
    assertThat(audits).isEmpty();
  }

  @Test
  void guardCustomizer_ofTheReadme_isUsed() {
    // region customizer
    GuardCustomizer behindNat =
        options -> options.lookupLimits(LookupLimits.ofDefaults().withLookUps(256, 256));
    // endregion
    server
        .withBean(GuardCustomizer.class, () -> behindNat)
        .run(
            context -> {
              try (InProcess orders = InProcess.of(context, () -> "reached")) {
                assertThat(orders.ask(Callers.PROOF)).isEqualTo("reached");
              }
            });
  }

  @Test
  void openTelemetryBean_getsTheMetrics() {
    List<String> asked = new CopyOnWriteArrayList<>();
    OpenTelemetry telemetry =
        (OpenTelemetry)
            Proxy.newProxyInstance(
                OpenTelemetry.class.getClassLoader(),
                new Class<?>[] {OpenTelemetry.class},
                (proxy, method, arguments) -> {
                  asked.add(method.getName());
                  return method.invoke(OpenTelemetry.noop(), arguments);
                });
    server
        .withBean(OpenTelemetry.class, () -> telemetry)
        .run(context -> assertThat(context).getBean(CallGuard.class).isNotNull());

    assertThat(asked).contains("getMeter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rolecall.server.admit-and-record-instead-of-refusing=true",
        "rolecall.server.admit-and-record-instead-of-refusing-methods=/tests.v1.Questions/*"
      })
  void admitAndRecord_admitsWhatWouldBeRefused_andRecordsIt(String property) {
    server
        .withPropertyValues(property)
        .run(
            context -> {
              try (InProcess orders = InProcess.of(context, () -> "reached")) {
                assertThat(orders.ask()).isEqualTo("reached");
              }
              assertThat(audits.poll(10, TimeUnit.SECONDS))
                  .extracting(AuditRecord::outcome)
                  .isInstanceOf(AuditOutcome.AdmittedInstead.class);
            });
  }

  @Test
  void admitAndRecord_ofOtherMethods_refusesAsEver() {
    server
        .withPropertyValues(
            "rolecall.server.admit-and-record-instead-of-refusing-methods=/tests.v1.Answers/*")
        .run(
            context -> {
              try (InProcess orders = InProcess.of(context, () -> "reached")) {
                assertThat(refusal(orders::ask).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
              }
            });
  }

  @Test
  void auditFile_getsTheRecords_unlessABeanDoes(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("audit.jsonl");
    ApplicationContextRunner writing =
        withoutAuditLog().withPropertyValues("rolecall.server.audit.file=" + file);
    writing.run(
        context -> {
          try (InProcess orders = InProcess.of(context, () -> "reached")) {
            assertThat(refusal(orders::ask).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
          }
          await().untilAsserted(() -> assertThat(file).content().contains("CREDENTIAL_MISSING"));
        });

    writing
        .withBean(AuditLog.class, () -> audits::add)
        .run(
            context ->
                assertThatThrownBy(() -> context.getBean(CallGuard.class))
                    .rootCause()
                    .hasMessageStartingWith("rolecall.server.audit.file: set, but not read"));
  }

  @Test
  void unsafeServeWithoutGuard_servesEveryone() {
    server
        .withPropertyValues("rolecall.server.unsafe-serve-without-guard=true")
        .run(
            context -> {
              try (InProcess orders = InProcess.of(context, () -> "reached")) {
                assertThat(orders.ask()).isEqualTo("reached");
              }
            });
  }

  @Test
  void contextClosed_endsWhatItGuarded() {
    server.run(
        context -> {
          try (InProcess orders = InProcess.of(context, () -> "reached")) {
            assertThat(orders.ask(Callers.PROOF)).isEqualTo("reached");
            context.close();
            assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> orders.ask(Callers.PROOF))
                .satisfies(
                    refused ->
                        assertThat(refused.getStatus().getCode())
                            .isEqualTo(Status.Code.UNAVAILABLE));
          }
        });
  }
}
