namespace Orkestron.Sdk.Providers;

/// <summary>The connection has come to a node of an earlier release, which would not see a part of the message.</summary>
internal sealed class EarlierPlatformException : Exception;
