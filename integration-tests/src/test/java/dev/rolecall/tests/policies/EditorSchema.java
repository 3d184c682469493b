package dev.rolecall.tests.policies;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import dev.rolecall.tests.checkout.Checkout;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON Schema of docs/schema, applied as an editor does: to each document of a text, after a YAML
 * parser of its own.
 */
final class EditorSchema {

  /** Editors show the one keyword that is theirs in place of a pattern. */
  private static final Dialect DIALECT =
      Dialect.builder(Dialects.getDraft7())
          .keyword(new NonValidationKeyword("patternErrorMessage"))
          .build();

  static final EditorSchema POLICY = new EditorSchema("docs/schema/policy.schema.json");
  static final EditorSchema CASES = new EditorSchema("docs/schema/cases.schema.json");
  static final EditorSchema RELAY = new EditorSchema("docs/schema/relay.schema.json");
  static final EditorSchema CHECKER = new EditorSchema("docs/schema/envoy-checker.schema.json");

  private static final JsonMapper JSON = new JsonMapper();
  private static final LoadSettings YAML =
      LoadSettings.builder()
          .setSchema(new CoreSchema())
          .setAllowDuplicateKeys(true)
          .setCodePointLimit(1 << 21)
          .build();

  private final Schema schema;

  private EditorSchema(String file) {
    this.schema =
        SchemaRegistry.withDialect(DIALECT).getSchema(Checkout.text(file), InputFormat.JSON);
  }

  /** The schema as it is written. */
  JsonNode text() {
    return schema.getSchemaNode();
  }

  /** The complaints of JSON Schema's own schema about a schema. */
  static List<String> complaintsOfDraft7(JsonNode schema) {
    return SchemaRegistry.withDialect(DIALECT)
        .getSchema(SchemaLocation.of(DIALECT.getId()))
        .validate(schema)
        .stream()
        .map(Error::toString)
        .toList();
  }

  /** The complaints about a text; none if an editor would underline nothing. */
  List<String> complaints(String text) {
    try {
      List<String> complaints = new ArrayList<>();
      // JSON may be indented by tabs, and begin with a mark.
      String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
      String spaced = plain.stripLeading().startsWith("{") ? plain.replace('\t', ' ') : plain;
      for (Object document : new Load(YAML).loadAllFromString(spaced)) {
        schema.validate(JSON.valueToTree(document)).stream()
            .map(Error::toString)
            .forEach(complaints::add);
      }
      return complaints;
    } catch (YamlEngineException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }
}
