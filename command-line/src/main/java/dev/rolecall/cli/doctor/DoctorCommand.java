package dev.rolecall.cli.doctor;

import dev.rolecall.cli.arguments.MethodName;
import dev.rolecall.cli.arguments.RoleName;
import dev.rolecall.cli.arguments.ServerAddress;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.options.AcceptedOptions;
import dev.rolecall.cli.options.JsonOption;
import dev.rolecall.cli.options.StsOptions;
import dev.rolecall.cli.report.RefusalAdvice;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.cli.terminal.Visible;
import dev.rolecall.client.ProofSource;
import dev.rolecall.client.ProofUnavailableException;
import dev.rolecall.client.StsSettings;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.verifier.CallerVerifier;
import dev.rolecall.verifier.Connection;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** {@code rolecall doctor}: what stands between this shell and an admitted call. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Say what is wrong between this shell or pod and an admitted call, and what to do.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:nothing is wrong",
      "1:something is",
      "2:something could not be told, such as when STS or the server does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall doctor",
      "  rolecall doctor --server orders.internal:443 --audience orders",
      "",
      "Changes nothing. The server gets calls without a proof and one with, none of",
      "them with a message. Of an attested server, its attestation is verified",
      "first. No secret is printed."
    })
public final class DoctorCommand implements Callable<Integer> {

  private static final Pattern REGION = Pattern.compile("[a-z]{2,8}(-[a-z]{2,16}){1,3}-[0-9]{1,2}");

  private final DoctorMeans means;
  private final List<Finding> findings = new ArrayList<>();

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      description = "Also check this server: its certificate, its guard, and this shell's proof.")
  @Nullable ServerAddress server;

  @Option(
      names = "--audience",
      defaultValue = "doctor",
      paramLabel = "NAME",
      description = "The name the server goes by. Needed with --server.")
  Audience audience;

  @Option(
      names = "--method",
      paramLabel = "SERVICE/METHOD",
      description =
          "The method to try. Default: the health check, or reflection where there is none.")
  @Nullable MethodPath method;

  @Option(
      names = "--assume-role",
      paramLabel = "ARN",
      description = "Assume this role first and call as it.")
  @Nullable String role;

  @Option(
      names = "--bearer",
      description = "Bind the proof to the audience alone, as where a load balancer ends TLS.")
  boolean bearer;

  @Option(
      names = "--trust-cert",
      paramLabel = "FILE",
      description = "Trust the certificates in this PEM file, and no others.")
  @Nullable Path trusted;

  @Mixin StsOptions sts;

  @Mixin AcceptedOptions accepted;

  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  private final StsSettings settings = StsSettings.ofThisProcess();

  DoctorCommand() {
    this(DoctorMeans.ofThisProcess(Clock.systemUTC()));
  }

  DoctorCommand(DoctorMeans means) {
    this.means = means;
  }

  @Override
  public Integer call() {
    if (server != null && !spec.commandLine().getParseResult().hasMatchedOption("--audience")) {
      throw new CommandFailure("--server: no --audience (expected: the name the server goes by)");
    }
    if (role != null) {
      try {
        var unused = ProofSource.builder(audience).assumeRole(role);
      } catch (IllegalArgumentException e) {
        throw new CommandFailure("--assume-role: " + e.getMessage() + RoleName.hint(role), e);
      }
    }
    boolean canSign = caller();
    if (server != null) {
      new ServerDiagnosis(
              server, audience, sts, role, Optional.ofNullable(method).map(MethodName::full), means)
          .run(canSign, trusted, bearer, isOwnClockGood(), this::report);
    }
    return Finding.exitStatus(findings);
  }

  /** Whether there is a proof to send. */
  private boolean caller() {
    CredentialsCheck credentials = new CredentialsCheck(means.ofSearch());
    Optional<AwsCredentials> found = credentials.look();
    credentials.findings().forEach(this::report);
    Optional<Region> region = region();
    Optional<URI> endpoint = region.flatMap(this::endpoint);
    if (endpoint.isEmpty()) {
      return false;
    }
    List<Finding> answers =
        new StsCheck(endpoint.get(), means.clock(), means.environment()).findings();
    answers.forEach(this::report);
    if (found.isEmpty()) {
      return false;
    }
    if (answers.stream()
        .filter(answer -> answer.check().equals("sts"))
        .noneMatch(answer -> answer.verdict() == Finding.Verdict.OK)) {
      // Whoever the credentials are, nobody there can say.
      return true;
    }
    Finding identity =
        new IdentityCheck(
                StaticCredentialsProvider.create(found.get()), region.get(), endpoint.get())
            .finding();
    report(identity);
    if (identity.verdict() == Finding.Verdict.OK || role != null) {
      report(signing());
    }
    return true;
  }

  private List<Finding> described(boolean withUsed) {
    return settings.described(sts.custom().isPresent(), sts.region != null).stream()
        .filter(setting -> withUsed || !setting.used())
        .map(
            setting ->
                setting.readable()
                    ? Finding.ok("settings", setting.toString())
                    : Finding.wrong(
                        "settings", setting.toString(), "set it to true or false, or unset it"))
        .toList();
  }

  /** The Region to sign for; empty, and said, where there is none. */
  private Optional<Region> region() {
    Optional<String> given =
        sts.custom()
            .map(StsOptions.CustomEndpoint::region)
            .or(() -> Optional.ofNullable(sts.region));
    Optional<Region> region = given.map(Region::of).or(settings::region);
    if (region.isEmpty()) {
      report(
          Finding.wrong(
              "region",
              "none, in any place of the AWS SDK's default chain",
              "set AWS_REGION or AWS_DEFAULT_REGION, or region in the profile: proofs are signed for a Region's STS"));
    } else if (!REGION.matcher(region.get().id()).matches()) {
      report(
          Finding.wrong(
              "region",
              "not the name of a Region: " + Visible.line(region.get().id()),
              "set AWS_REGION to one Region's name, such as eu-west-1"));
      return Optional.empty();
    }
    return region;
  }

  /** The STS to sign for; empty, and said, where what names it cannot be obeyed. */
  private Optional<URI> endpoint(Region region) {
    URI endpoint;
    try {
      endpoint =
          sts.custom()
              .map(StsOptions.CustomEndpoint::url)
              .orElseGet(() -> settings.endpoint(region, sts.region != null));
    } catch (ProofUnavailableException e) {
      // The one that is obeyed is the one that cannot be: it is told once.
      described(false).forEach(this::report);
      report(
          Finding.wrong("settings", String.valueOf(e.getMessage()), "set it right, or unset it"));
      return Optional.empty();
    }
    described(true).forEach(this::report);
    if (sts.custom().isEmpty() && sts.region == null && settings.isEndpointSet()) {
      sts.adopt(endpoint, region.id(), audience);
    }
    return Optional.of(endpoint);
  }

  /** Whether a server that can reach STS would take a proof, and as whose. */
  private Finding signing() {
    ProofSource.Builder options = sts.signedBy(ProofSource.builder(audience));
    Optional.ofNullable(role).ifPresent(options::assumeRole);
    try (ProofSource source = options.build();
        CallerVerifier verifier =
            accepted.acceptedBy(sts.acceptedBy(CallerVerifier.builder(audience))).build()) {
      CallerProof proof =
          source.proof(ProofBinding.bearer(), Runnable::run).toCompletableFuture().join();
      return verifier
          .verify(proof.text(), Connection.withoutTls("local"))
          .toCompletableFuture()
          .join()
          .fold(
              verified -> Finding.ok("role", verified.caller().role().toString()),
              refused -> Finding.wrong("role", refusal(refused.reason()), advice(refused.reason())),
              away -> Finding.unknown("role", refusal(away.reason()), advice(away.reason())));
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProofUnavailableException none) {
        return Finding.wrong(
            "role",
            String.valueOf(none.getMessage()),
            "let the role's trust policy name this identity, and this identity assume that role");
      }
      throw e;
    }
  }

  private static String refusal(RefusalReason reason) {
    return reason + ": " + reason.description();
  }

  private static String advice(RefusalReason reason) {
    return RefusalAdvice.on(reason);
  }

  private Optional<Boolean> isOwnClockGood() {
    return findings.stream()
        .filter(finding -> finding.check().equals("clock"))
        .filter(finding -> finding.verdict() != Finding.Verdict.UNKNOWN)
        .map(finding -> finding.verdict() == Finding.Verdict.OK)
        .findFirst();
  }

  private void report(Finding finding) {
    findings.add(finding);
    PrintWriter out = spec.commandLine().getOut();
    if (json.asked) {
      JsonOutput.print(
          out,
          object -> {
            object.writeStringField("check", finding.check());
            object.writeStringField("verdict", finding.verdict().name());
            object.writeStringField("found", finding.found());
            if (finding.advice().isPresent()) {
              object.writeStringField("advice", finding.advice().get());
            }
          });
    } else {
      out.printf("%-8s %-12s %s%n", finding.verdict(), finding.check(), finding.found());
      finding.advice().ifPresent(advice -> out.printf("%-21s -> %s%n", "", advice));
    }
    out.flush();
  }
}
