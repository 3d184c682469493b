package dev.rolecall.cli.sts;

import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.stsemulator.PermissionSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the permission sets of a roles file: each with its users, who are principals. */
final class PermissionSetsReader {

  private static final String KEYS = "account, name, roleId or users";

  private final YamlFile file;

  PermissionSetsReader(YamlFile file) {
    this.file = file;
  }

  /** The users of all sets of that list, in order. */
  List<EmulatedPrincipal> users(Node list) {
    List<EmulatedPrincipal> users = new ArrayList<>();
    for (Node set :
        file.list(list, "permissionSets (expected: a list of at least one permission set)")) {
      users.addAll(usersOf(set));
    }
    return users;
  }

  private List<EmulatedPrincipal> usersOf(Node set) {
    Map<String, Node> fields = new HashMap<>();
    for (Map.Entry<Node, Node> field : file.fields(set, "a permission set: " + KEYS)) {
      String key = file.text(field.getKey());
      if (!List.of("account", "name", "roleId", "users").contains(key)) {
        throw file.wrong(field.getKey(), key + ": unknown key (expected: " + KEYS + ")");
      }
      fields.put(key, field.getValue());
    }
    String account = file.text(required(fields, "account", set));
    String name = file.text(required(fields, "name", set));
    PermissionSet named = file.checked(set, () -> PermissionSet.of(account, name));
    Node id = fields.get("roleId");
    PermissionSet known = id == null ? named : named.withRoleId(file.text(id));
    List<EmulatedPrincipal> users = new ArrayList<>();
    for (Node user :
        file.list(
            required(fields, "users", set), "users (expected: a list of at least one user)")) {
      users.add(file.checked(user, () -> known.user(file.text(user))));
    }
    return users;
  }

  private Node required(Map<String, Node> fields, String key, Node set) {
    Node value = fields.get(key);
    if (value == null) {
      throw file.wrong(set, "a permission set without " + key);
    }
    return value;
  }
}
