package dev.rolecall.stsemulator;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpServer;
import dev.rolecall.stsemulator.internal.InvalidValue;
import dev.rolecall.stsemulator.internal.Workers;
import dev.rolecall.stsemulator.internal.http.BoundServer;
import dev.rolecall.stsemulator.internal.http.FaultPlan;
import dev.rolecall.stsemulator.internal.http.IssuerHttpHandler;
import dev.rolecall.stsemulator.internal.http.RequestLog;
import dev.rolecall.stsemulator.internal.http.StsHttpHandler;
import dev.rolecall.stsemulator.protocol.RequestCounts;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * An AWS STS on this machine's loopback interface, running from {@link #start} to {@link #close}.
 *
 * <p>It answers GetCallerIdentity, AssumeRole, AssumeRoleWithWebIdentity, GetSessionToken and
 * GetWebIdentityToken in XML and JSON. It verifies AWS Signature Version 4 in the query and in the
 * Authorization header. It refuses with AWS's codes, statuses and messages. It knows the principals
 * that were added, counts requests, and fails on demand.
 *
 * <p><b>It is not STS</b>: its answers prove nothing outside this process. Keys are random for each
 * run and nothing is stored. Any signed Host is accepted. Safe for use by many threads; no method
 * blocks on the network.
 */
public final class StsEmulator implements AutoCloseable {

  private static final Logger LOGGER = System.getLogger(StsEmulator.class.getName());

  private final PrincipalDirectory directory;
  private final WebIdentities webIdentities = new WebIdentities();
  private final FaultPlan faults = new FaultPlan();
  private final RequestLog log = new RequestLog();
  private final Workers workers = new Workers();
  private final HttpServer server;
  private final URI endpoint;
  private final OutboundFederation federation;

  private StsEmulator(Builder from) {
    CredentialGenerator generator = new CredentialGenerator(from.random);
    directory = new PrincipalDirectory(generator);
    from.principals.forEach(directory::add);
    server = BoundServer.at(from.address, from.port);
    endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    federation = new OutboundFederation(endpoint, generator::requestId);
    RoleSessions roleSessions = new RoleSessions(directory, webIdentities);
    StsService service =
        new StsService(
            new SignatureCheck(directory, from.regions),
            roleSessions,
            new UserSessions(directory),
            new WebIdentityTokens(federation, generator::requestId));
    server.createContext(
        OutboundFederation.ROOT,
        new IssuerHttpHandler(
            federation::document, federation.faults(), federation.log(), workers));
    server.createContext(
        "/", new StsHttpHandler(service, faults, log, generator::requestId, from.clock, workers));
    server.setExecutor(workers);
  }

  /** Starts an emulator on a free port, with no principals yet. */
  public static StsEmulator start() {
    return builder().start();
  }

  /** A builder of an emulator. */
  public static Builder builder() {
    return new Builder();
  }

  /** The endpoint: {@code http://127.0.0.1:PORT}, no path. */
  public URI endpoint() {
    return endpoint;
  }

  /**
   * Makes a role known and gives it a session, everything random.
   *
   * @throws IllegalArgumentException if the text is not the ARN of a role
   */
  public EmulatedCredentials addRole(String roleArn) {
    EmulatedPrincipal role = EmulatedPrincipal.of(roleArn);
    if (!role.arn().isRole()) {
      throw InvalidValue.of(
          "role ARN", roleArn, "arn:{partition}:iam::{12 digits}:role/{path/}{name}");
    }
    return add(role);
  }

  /**
   * Makes a principal known; a role that is known already gets one more session.
   *
   * @throws IllegalArgumentException if the access key id is in use, or a role or user of that name
   *     is known by another path or unique id
   */
  public EmulatedCredentials add(EmulatedPrincipal principal) {
    return directory.add(requireNonNull(principal, "principal"));
  }

  /**
   * Forgets a principal and all its credentials, as deleting it would. Added again, it has another
   * unique id.
   *
   * @return whether it was known
   * @throws IllegalArgumentException if the text is no principal's ARN
   */
  public boolean remove(String arn) {
    return directory.remove(PrincipalArn.parse(requireNonNull(arn, "arn")));
  }

  /**
   * The unique id of a role ({@code AROA...}) or user ({@code AIDA...}): the same for all its
   * sessions until it is removed.
   *
   * @throws IllegalArgumentException if the text is no known principal's ARN
   */
  public String uniqueId(String arn) {
    return directory
        .uniqueId(PrincipalArn.parse(requireNonNull(arn, "arn")))
        .orElseThrow(() -> InvalidValue.of("principal ARN", arn, "one that was added"));
  }

  /**
   * Makes a web identity token known, so that its bearer may assume any known role.
   *
   * @param token the token, compared letter by letter; a secret
   * @param subject the subject of the token
   */
  public void acceptWebIdentity(String token, String subject) {
    webIdentities.accept(requireNonNull(token, "token"), requireNonNull(subject, "subject"));
  }

  /** The switch of web identity tokens, by account, and their issuers. */
  public OutboundFederation outboundFederation() {
    return federation;
  }

  /** Gives every request to STS that fault, until another is set or the faults are cleared. */
  public void fail(Fault fault) {
    faults.always(requireNonNull(fault, "fault").ofAnswer());
  }

  /**
   * Gives the next requests that fault, after those for which one was planned before. Later
   * requests get the fault set by {@link #fail}, if any.
   *
   * @param requests the number of requests: at least 1
   */
  public void failNext(int requests, Fault fault) {
    faults.next(requests, requireNonNull(fault, "fault").ofAnswer());
  }

  /** Drops all faults; requests under way keep theirs. */
  public void clearFaults() {
    faults.clear();
  }

  /** The requests so far. A request counts before its answer is sent. */
  public RequestCounts requests() {
    return log.counts();
  }

  /**
   * Waits until the emulator has received that many requests in all.
   *
   * @return false if the time ran out first
   */
  public boolean awaitRequests(long requests, Duration timeout) throws InterruptedException {
    return log.await(requests, requireNonNull(timeout, "timeout"));
  }

  /** Stops: ends every connection, whatever its state, and waits for the threads to end. */
  @Override
  public void close() {
    server.stop(0);
    workers.close();
    federation.close();
  }

  @Override
  public String toString() {
    return "StsEmulator[" + endpoint + "]";
  }

  /** Builds an emulator. Not safe for use by several threads at once. */
  public static final class Builder {

    private final List<EmulatedPrincipal> principals = new ArrayList<>();
    private final Set<String> regions = new LinkedHashSet<>();
    private InetAddress address = BoundServer.loopback();
    private int port;
    private Clock clock = Clock.systemUTC();
    private RandomGenerator random = new SecureRandom();

    private Builder() {}

    /** The port; 0, the default, is any free one. */
    public Builder port(int port) {
      if (port < 0 || port > 65_535) {
        throw InvalidValue.of("port", port, "0 to 65535");
      }
      this.port = port;
      return this;
    }

    /**
     * The address of this machine to listen on; by default 127.0.0.1. Another, such as 0.0.0.0 in a
     * container, serves everyone that reaches it: the emulator has no secrets but its own keys. The
     * {@link #endpoint()} is still that of this machine.
     */
    public Builder listenBeyondThisMachine(InetAddress address) {
      this.address = requireNonNull(address, "address");
      return this;
    }

    /** A principal to know from the start; may be called often. */
    public Builder principal(EmulatedPrincipal principal) {
      principals.add(requireNonNull(principal, "principal"));
      return this;
    }

    /** A region it answers for; may be called often. By default it answers for all. */
    public Builder region(String region) {
      if (!SignatureCheck.isRegion(requireNonNull(region, "region"))) {
        throw InvalidValue.of("region", region, "the form eu-west-1");
      }
      regions.add(region);
      return this;
    }

    /** The clock that ages signatures and sessions; by default the system's. */
    public Builder clock(Clock clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /** The source of keys, tokens and ids; by default a {@link SecureRandom}. */
    public Builder random(RandomGenerator random) {
      this.random = requireNonNull(random, "random");
      return this;
    }

    /**
     * Starts it.
     *
     * @throws UncheckedIOException if the address or port cannot be had; the message names both
     * @throws IllegalArgumentException if two principals contradict each other
     */
    public StsEmulator start() {
      StsEmulator emulator = new StsEmulator(this);
      emulator.server.start();
      LOGGER.log(
          Level.INFO,
          "sts emulator on {0}: this is not AWS STS, and what it says proves nothing",
          emulator.endpoint);
      return emulator;
    }
  }
}
