package dev.rolecall.cli.sts;

import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.SessionContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a roles file. It may hold secrets, so no complaint contains a value other than an ARN, a
 * session name, a tag or a place in an organization.
 */
final class RolesFileReader {

  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final String KEYS =
      "arn, sessionName, uniqueId, userId, accessKeyId, secretAccessKey, sessionToken, tags, orgId or"
          + " ouPath";

  private final YamlFile file;
  private final PermissionSetsReader permissionSets;

  RolesFileReader(Path file) {
    this.file = new YamlFile(file);
    this.permissionSets = new PermissionSetsReader(this.file);
  }

  RolesFile read() {
    Node root = file.root("roles");
    Optional<Node> roles = Optional.empty();
    List<String> accounts = List.of();
    List<EmulatedPrincipal> users = List.of();
    for (Map.Entry<Node, Node> field :
        file.fields(root, "a mapping with the key roles or permissionSets")) {
      switch (file.text(field.getKey())) {
        case "roles" -> roles = Optional.of(field.getValue());
        case "permissionSets" -> users = permissionSets.users(field.getValue());
        case "webIdentity" -> accounts = accounts(field.getValue());
        default ->
            throw file.wrong(root, "expected: the keys roles, permissionSets and webIdentity");
      }
    }
    List<EmulatedPrincipal> principals = new ArrayList<>();
    if (roles.isPresent()) {
      for (Node role : file.list(roles.get(), "roles (expected: a list of at least one role)")) {
        principals.add(principal(role));
      }
    }
    principals.addAll(users);
    if (principals.isEmpty()) {
      throw file.wrong(root, "expected: the key roles or permissionSets");
    }
    return new RolesFile(principals, accounts);
  }

  private List<String> accounts(Node node) {
    List<String> accounts = new ArrayList<>();
    for (Node each : file.list(node, "webIdentity (expected: a list of at least one account)")) {
      String account = file.text(each);
      if (!ACCOUNT.matcher(account).matches()) {
        throw file.wrong(each, "account: " + account + " (expected: 12 digits, in quotes)");
      }
      accounts.add(account);
    }
    return accounts;
  }

  private EmulatedPrincipal principal(Node role) {
    List<Map.Entry<Node, Node>> fields = file.fields(role, "a role: " + KEYS);
    Node arn =
        fields.stream()
            .filter(field -> file.text(field.getKey()).equals("arn"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow(() -> file.wrong(role, "a role without arn"));
    EmulatedPrincipal.Builder principal =
        file.checked(arn, () -> EmulatedPrincipal.builder(file.text(arn)));
    SessionContext context = SessionContext.none();
    Optional<Node> organization = Optional.empty();
    Optional<Node> path = Optional.empty();
    for (Map.Entry<Node, Node> field : fields) {
      Node value = field.getValue();
      switch (file.text(field.getKey())) {
        case "arn" -> {}
        case "sessionName" -> file.checked(value, () -> principal.sessionName(file.text(value)));
        case "uniqueId" -> file.checked(value, () -> principal.uniqueId(file.text(value)));
        case "userId" -> file.checked(value, () -> principal.userId(file.text(value)));
        case "accessKeyId" -> file.checked(value, () -> principal.accessKeyId(file.text(value)));
        case "secretAccessKey" ->
            file.checked(value, () -> principal.secretAccessKey(file.text(value)));
        case "sessionToken" -> file.checked(value, () -> principal.sessionToken(file.text(value)));
        case "tags" -> context = tagged(context, value);
        case "orgId" -> organization = Optional.of(value);
        case "ouPath" -> path = Optional.of(value);
        default ->
            throw file.wrong(
                field.getKey(),
                file.text(field.getKey()) + ": unknown key (expected: " + KEYS + ")");
      }
    }
    principal.context(placed(context, organization, path));
    return file.checked(role, principal::build);
  }

  private SessionContext tagged(SessionContext context, Node tags) {
    SessionContext tagged = context;
    for (Map.Entry<Node, Node> tag : file.fields(tags, "tags: a mapping of keys to values")) {
      SessionContext before = tagged;
      tagged =
          file.checked(
              tag.getValue(),
              () -> before.withPrincipalTag(file.text(tag.getKey()), file.text(tag.getValue())));
    }
    return tagged;
  }

  private SessionContext placed(
      SessionContext context, Optional<Node> organization, Optional<Node> path) {
    if (organization.isEmpty()) {
      if (path.isPresent()) {
        throw file.wrong(path.get(), "ouPath without orgId (expected: both, or orgId alone)");
      }
      return context;
    }
    Node node = organization.get();
    String[] paths = path.map(given -> new String[] {file.text(given)}).orElse(new String[0]);
    return file.checked(node, () -> context.withOrganization(file.text(node), paths));
  }
}
