/** Tests of the webhook, the audit trail and the metrics. */
@NullMarked
package dev.rolecall.service.event;

import org.jspecify.annotations.NullMarked;
