namespace Orkestron.Sdk.Providers;

/// <summary>The connected node runs an earlier release, which would ignore a part of the message.</summary>
internal sealed class EarlierPlatformException : Exception;
