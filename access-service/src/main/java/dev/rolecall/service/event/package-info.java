/**
 * Events as others see them: a webhook, an audit trail and metrics. Start at {@link
 * dev.rolecall.service.event.AccessEvents}. The package reads the store, and changes nothing in it
 * but what was delivered.
 */
@NullMarked
package dev.rolecall.service.event;

import org.jspecify.annotations.NullMarked;
