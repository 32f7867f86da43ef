package io.mcpoauth.core.model;

/**
 * A provider as the user sees it.
 *
 * @param id to be given back with the user's choice
 * @param displayName what users know it by
 */
public record ProviderChoice(String id, String displayName) {}
