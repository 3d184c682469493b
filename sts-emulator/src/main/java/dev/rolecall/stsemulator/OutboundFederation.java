package dev.rolecall.stsemulator;

import static java.util.Objects.requireNonNull;

import dev.rolecall.stsemulator.internal.InvalidValue;
import dev.rolecall.stsemulator.internal.http.FaultPlan;
import dev.rolecall.stsemulator.internal.http.IssuerDocument;
import dev.rolecall.stsemulator.internal.http.IssuerLog;
import dev.rolecall.stsemulator.protocol.IssuerRequestCounts;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Outbound identity federation of an emulator's accounts: the switch that lets principals of an
 * account ask for web identity tokens, and the issuers that publish their keys. Off for every
 * account at first, as in AWS. Safe for use by many threads.
 *
 * <p>Unlike AWS, whose issuers are {@code https://{uuid}.tokens.sts.global.api.aws}, an issuer is
 * {@code http://127.0.0.1:PORT/issuers/{uuid}}: plain HTTP on loopback, at the emulator's own port.
 * The UUID is random for each run. The documents are answered after federation is disabled too,
 * since tokens that were issued before stay valid; AWS does not document what it answers then.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound.html">
 *     Federating AWS identities to external services</a>
 */
public final class OutboundFederation {

  /** The path of all issuers. */
  static final String ROOT = "/issuers/";

  static final String DISCOVERY_PATH = "/.well-known/openid-configuration";
  static final String KEYS_PATH = "/.well-known/jwks.json";

  private final URI endpoint;
  private final Supplier<String> ids;
  private final Map<String, AccountIssuer> issuers = new ConcurrentHashMap<>();
  private final FaultPlan faults = new FaultPlan();
  private final IssuerLog log = new IssuerLog();

  /**
   * Federation of no account yet.
   *
   * @param endpoint the emulator's
   * @param ids a source of UUIDs
   */
  OutboundFederation(URI endpoint, Supplier<String> ids) {
    this.endpoint = endpoint;
    this.ids = ids;
  }

  /**
   * Enables federation in an account. Enabled again, the account keeps its issuer and its keys.
   *
   * @param account twelve digits
   * @return the issuer's URL, as it stands in tokens
   */
  public URI enable(String account) {
    if (!requireNonNull(account, "account").matches("[0-9]{12}")) {
      throw InvalidValue.of("account", account, "12 digits");
    }
    AccountIssuer issuer =
        issuers.computeIfAbsent(
            account, absent -> new AccountIssuer(URI.create(endpoint + ROOT + ids.get())));
    issuer.enable(true);
    return issuer.url();
  }

  /** Disables federation in an account. Tokens that it has issued stay what they are. */
  public void disable(String account) {
    known(account).ifPresent(issuer -> issuer.enable(false));
  }

  /** The issuer's URL of an account where federation is, or was, enabled. */
  public Optional<URI> issuer(String account) {
    return known(account).map(AccountIssuer::url);
  }

  /**
   * Has an account's later tokens signed by new keys: {@code RSA_1} and {@code EC384_1} after the
   * first call. The key set lists the keys before them too, until the next call.
   *
   * @throws IllegalArgumentException if federation was never enabled there
   */
  public void rotateKeys(String account) {
    known(account)
        .orElseThrow(() -> InvalidValue.of("account", account, "one with federation enabled"))
        .keys()
        .rotate();
  }

  /**
   * Gives every request for an issuer's document that fault, until another is set or the faults are
   * cleared. Requests to STS itself are not affected: {@link StsEmulator#fail} is for them.
   */
  public void fail(Fault fault) {
    faults.always(requireNonNull(fault, "fault").ofAnswer());
  }

  /**
   * Gives the next requests for an issuer's document that fault.
   *
   * @param requests the number of requests: at least 1
   */
  public void failNext(int requests, Fault fault) {
    faults.next(requests, requireNonNull(fault, "fault").ofAnswer());
  }

  /** Drops all faults of the issuers; requests under way keep theirs. */
  public void clearFaults() {
    faults.clear();
  }

  /** The requests to issuers so far. A request counts before its answer is sent. */
  public IssuerRequestCounts requests() {
    return log.counts();
  }

  Optional<AccountIssuer> enabledIn(String account) {
    return known(account).filter(AccountIssuer::isEnabled);
  }

  private Optional<AccountIssuer> known(String account) {
    return Optional.ofNullable(issuers.get(requireNonNull(account, "account")));
  }

  /** The document at that path of the emulator. */
  IssuerDocument document(String path) {
    for (AccountIssuer issuer : issuers.values()) {
      String own = issuer.url().getPath();
      if (path.equals(own + DISCOVERY_PATH)) {
        return IssuerDocument.discovery(issuer.discovery().toString());
      }
      if (path.equals(own + KEYS_PATH)) {
        return IssuerDocument.keys(issuer.keys().keySet().toString());
      }
    }
    return IssuerDocument.absent();
  }

  /** Gives the issuers' keys up. */
  void close() {
    issuers.values().forEach(issuer -> issuer.keys().close());
  }

  FaultPlan faults() {
    return faults;
  }

  IssuerLog log() {
    return log;
  }

  @Override
  public String toString() {
    return "OutboundFederation[" + endpoint + "]";
  }
}
