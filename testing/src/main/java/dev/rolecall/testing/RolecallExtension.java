package dev.rolecall.testing;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.guard.CallGuard;
import dev.rolecall.guard.CallGuardBuilder;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.stsemulator.PermissionSet;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.BindableService;
import io.grpc.CallCredentials;
import io.grpc.Channel;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * A JUnit extension for tests of guarded services: an STS emulator, callers by role, guards that
 * ask the emulator, and a clock that the test moves. Register it with {@code @RegisterExtension}.
 *
 * <p>All that it made is closed after the test in reverse order; where the field is static, after
 * all tests of the class. A test that uses one that is not registered fails with an {@link
 * IllegalStateException}. The emulator listens on the loopback interface from construction on. Safe
 * for use by many threads.
 */
public final class RolecallExtension
    implements TestInstancePreConstructCallback,
        BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback {

  /** The time within which a guard sees that the clock was moved or the policy changed. */
  private static final Duration WATCH_PERIOD = Duration.ofMillis(20);

  private final OpenResources open = new OpenResources();
  private final TestClock clock = new TestClock();
  private final TestGrants grants = TestGrants.by(clock);
  private final Audience audience;
  private final StsEmulator sts;
  private final EmulatedRoles roles;

  private RolecallExtension(Audience audience) {
    this.audience = requireNonNull(audience, "audience");
    this.sts = open.add(StsEmulator.builder().clock(clock).start());
    this.roles = new EmulatedRoles(sts, clock, open);
  }

  /**
   * An extension for a service that is known to its callers by that name.
   *
   * @throws IllegalArgumentException if the audience breaks the rule of {@link Audience}
   */
  public static RolecallExtension forAudience(String audience) {
    return new RolecallExtension(Audience.of(audience));
  }

  /**
   * Credentials for the calls of a stub, which prove that role to the service. They work on TLS, on
   * plaintext and on in-process channels. On TLS the proof is bound to the server's certificate;
   * elsewhere a server that requires channel binding refuses it. Every call with one ARN returns
   * the same object.
   *
   * @param roleArn {@code arn:aws:iam::{account}:role/{path/}{name}}
   * @throws IllegalArgumentException if it is not the ARN of one role of the partition {@code aws}
   */
  public CallCredentials as(String roleArn) {
    return roles.caller(roleArn, audience);
  }

  /**
   * Credentials for the calls of a stub, which prove a user of a permission set, as IAM Identity
   * Center has them. Users of one set share its role. Otherwise as {@link #as(String)}.
   *
   * @param user the user's name, such as {@code ana@example.com}
   * @throws IllegalArgumentException if it cannot be the name of a user
   */
  public CallCredentials as(PermissionSet set, String user) {
    return roles.caller(set, user, audience);
  }

  /**
   * AWS credentials of that role, for code that signs by itself, such as an application's {@code
   * AwsCredentialsProvider} bean. The emulator accepts them.
   *
   * @param roleArn {@code arn:aws:iam::{account}:role/{path/}{name}}
   * @throws IllegalArgumentException if it is not the ARN of one role of the partition {@code aws}
   */
  public AwsCredentialsProvider awsCredentials(String roleArn) {
    return roles.session(roleArn);
  }

  /**
   * AWS credentials of a user of a permission set, as {@link #awsCredentials(String)} has them.
   *
   * @throws IllegalArgumentException if it cannot be the name of a user
   */
  public AwsCredentialsProvider awsCredentials(PermissionSet set, String user) {
    return roles.session(set, user);
  }

  /** A verifier that accepts proofs for the emulator alone, whatever their binding. */
  public StsVerifier verifier() {
    return StsVerifier.forAudience(audience)
        .acceptPartitions(Set.of())
        .acceptCustomEndpoint(sts.endpoint(), EmulatedRoles.REGION.id(), Partition.AWS);
  }

  /**
   * A guard by that policy, which accepts the callers of {@link #as(String)} and {@link #grants}.
   */
  public CallGuard guard(AccessPolicy policy) {
    return guard(PolicySource.fixed(policy));
  }

  /**
   * A guard by that policy, which accepts the callers of {@link #as(String)} and closes the source.
   */
  public CallGuard guard(PolicySource policies) {
    return open.add(guardBuilder(policies).build());
  }

  /**
   * Options of a guard that accepts the callers of {@link #as(String)} and {@link #grants}, to set
   * others. The policy may name callers that only the real server's other schemes know. Give what
   * is built to {@link #closing}.
   */
  public CallGuardBuilder guardBuilder(PolicySource policies) {
    return CallGuard.builder(policies)
        .accept(verifier())
        .allowPrincipalsOfNoAcceptedScheme()
        .grants(grants)
        .runtime(runtime().build())
        .watchPeriod(WATCH_PERIOD);
  }

  /** Options of a runtime that goes by {@link #clock}. */
  public AccessRuntime.Builder runtime() {
    return AccessRuntime.builder().clock(clock).ticker(clock::nanos);
  }

  /**
   * Starts an in-process server of those services behind that guard.
   *
   * @return a channel to it, without credentials
   */
  public Channel serve(CallGuard guard, BindableService... services) {
    return open.add(InProcessServer.start(guard, Stream.of(services).toList())).channel();
  }

  /** The grants of access for a time that callers have: none until the test gives some. */
  public TestGrants grants() {
    return grants;
  }

  /** The clock of guards, credentials and emulator. */
  public TestClock clock() {
    return clock;
  }

  /** The emulator, to count requests and to make it fail. */
  public StsEmulator sts() {
    return sts;
  }

  /**
   * The properties that have an application with {@code rolecall-spring-boot-starter} ask and sign
   * for the emulator alone. The starter itself sets them, and this extension's clock, where a test
   * class has the extension in a static field. The application's audience must be that of this
   * extension.
   */
  public Map<String, String> springProperties() {
    return Map.of(
        "rolecall.sts.endpoint",
        sts.endpoint().toString(),
        "rolecall.sts.region",
        EmulatedRoles.REGION.id());
  }

  /** Adds {@link #springProperties} to Spring's {@code DynamicPropertyRegistry::add}. */
  public void springProperties(BiConsumer<String, Supplier<Object>> registry) {
    springProperties().forEach((name, value) -> registry.accept(name, () -> value));
  }

  /** Has that closed with what this extension made, before all that was made earlier. */
  public <T extends AutoCloseable> T closing(T resource) {
    return open.add(requireNonNull(resource, "resource"));
  }

  /** Notes that the extension is registered. JUnit calls this where the field is static. */
  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext factory, ExtensionContext context) {
    open.registered();
  }

  /** Begins a test class. JUnit calls this where the field is static. */
  @Override
  public void beforeAll(ExtensionContext context) {
    open.classBegan();
  }

  /** Notes that the extension is registered. JUnit calls this. */
  @Override
  public void beforeEach(ExtensionContext context) {
    open.registered();
  }

  /** Closes all, unless the field is static. JUnit calls this. */
  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    open.testEnded();
  }

  /** Closes all after the outermost class. JUnit calls this where the field is static. */
  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    open.classEnded();
  }
}
