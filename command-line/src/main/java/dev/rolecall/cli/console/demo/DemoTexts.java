package dev.rolecall.cli.console.demo;

/** The rules and policies of the demo. */
final class DemoTexts {

  static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  static final String REPORTING = "arn:aws:iam::111122223333:role/reporting";
  static final String RETIRED = "arn:aws:iam::111122223333:role/batch-2019";

  static final String RULES =
      """
      rules:
        - permission: orders-admin
          requesters: [{directory: corp, permission_set: Engineer}]
          reviewers: [{directory: corp, permission_set: Lead}]
          quorum: 2
          max_duration: 4h
          pending_for: 8h
          break_glass: {max_duration: 30m, review_within: 24h}
        - permission: orders-export
          requesters: [{directory: corp, permission_set: Engineer}]
          reviewers: [{directory: corp, permission_set: Lead}]
          quorum: 1
          max_duration: 8h
          may_schedule_ahead: 7d
          require: [reason, ticket]
          resources: ["orders/{region}"]
      admins: [{directory: corp, permission_set: Lead}]
      """;

  private static final String ALLOWED =
      """
      deny_rules:
        - name: the old batch role is retired
          source: {principals: ["%s"]}
          request: {paths: ["/rolecall.demo.v1.Echo/*"]}
      allow_rules:
        - name: checkout speaks
          source: {principals: ["%s"]}
          request: {paths: ["/rolecall.demo.v1.Echo/Say"%s]}
      """
          .formatted(RETIRED, CHECKOUT, "%s");

  private static final String GRANTED =
      """
        - name: engineers administer
          source:
            principals: ["sso:111122223333:Engineer"]
            requires_grant: orders-admin
          request: {paths: ["/rolecall.demo.v1.Echo/*"]}
        - name: people read decisions
          source: {principals: ["sso:111122223333:Lead", "sso:111122223333:Engineer"]}
          request: {paths: ["/rolecall.decisions.v1.Decisions/*"]}
      public_methods: ["/grpc.health.v1.Health/Check"]
      """;

  static final String POLICY =
      "name: orders\n"
          + ALLOWED.formatted("")
          + """
            - name: reporting counts
              source: {principals: ["%s"]}
              request: {paths: ["/rolecall.demo.v1.Echo/Count"]}
          """
              .formatted(REPORTING)
          + GRANTED;

  /** It is to take reporting's place from checkout; nothing obeys it yet. */
  static final String SHADOW =
      "name: orders-next\n" + ALLOWED.formatted(", \"/rolecall.demo.v1.Echo/Count\"") + GRANTED;

  private DemoTexts() {}
}
