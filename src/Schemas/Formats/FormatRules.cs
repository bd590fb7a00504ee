using System.Collections.Frozen;
using Orkestron.Contracts.Artifacts;
using Orkestron.Schemas.Documents;
using Orkestron.Schemas.Patterns;

namespace Orkestron.Schemas.Formats;

/// <summary>The formats that are checked, and what to write for each. What is not listed is not checked, as JSON Schema wants it.</summary>
public static class FormatRules
{
    private static readonly FrozenDictionary<string, (Func<string, bool> Fits, string Advice)> Known =
        new Dictionary<string, (Func<string, bool>, string)>(StringComparer.Ordinal)
        {
            ["date-time"] = (TimeFormats.IsDateTime, "Write a date and a time with its zone, for instance 2026-01-31T09:30:00Z."),
            ["date"] = (TimeFormats.IsDate, "Write a date that exists, for instance 2026-01-31."),
            ["time"] = (TimeFormats.IsTime, "Write a time with its zone, for instance 09:30:00Z or 09:30:00+01:00."),
            ["duration"] = (TimeFormats.IsDuration, "Write a duration, for instance P3D for three days or PT1H30M for an hour and a half."),
            ["email"] = (MailFormats.IsEmail, "Write an e-mail address, for instance ada@example.org."),
            ["idn-email"] = (MailFormats.IsInternationalEmail, "Write an e-mail address, for instance ada@example.org."),
            ["hostname"] = (HostFormats.IsHostname, "Write a host name, for instance www.example.org."),
            ["idn-hostname"] = (HostFormats.IsInternationalHostname, "Write a host name, for instance www.example.org."),
            ["ipv4"] = (HostFormats.IsIpv4, "Write an IPv4 address of four numbers from 0 to 255, for instance 192.0.2.1."),
            ["ipv6"] = (HostFormats.IsIpv6, "Write an IPv6 address, for instance 2001:db8::1."),
            ["uri"] = (static text => UriFormats.IsUri(text, false), "Write a whole address with its scheme, for instance https://example.org/page."),
            ["uri-reference"] = (static text => UriFormats.IsReference(text, false), "Write an address, whole or relative, for instance /page."),
            ["iri"] = (static text => UriFormats.IsUri(text, true), "Write a whole address with its scheme, for instance https://example.org/page."),
            ["iri-reference"] = (static text => UriFormats.IsReference(text, true), "Write an address, whole or relative, for instance /page."),
            ["uri-template"] = (UriFormats.IsTemplate, "Write an address with names in braces, for instance /pages/{id}."),
            ["uuid"] = (static text => text.Length == 36 && Guid.TryParseExact(text, "D", out _), "Write a UUID, for instance 0190f3c4-9a5e-7c31-8d2b-6f1e2a3b4c5d."),
            ["json-pointer"] = (UriFormats.IsPointer, "Write a JSON Pointer, for instance /items/0."),
            ["relative-json-pointer"] = (UriFormats.IsRelativePointer, "Write a relative JSON Pointer, for instance 1/name."),
            ["regex"] = (IsPattern, "Write a regular expression, for instance ^[a-z]+$."),
            [ArtifactReference.Format] = (static text => ArtifactReference.TryRead(text, out _), "A file is named by artifact: and its id."),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What to write instead, or null when the text fits or the format is not one that is checked.</summary>
    public static string? Fault(string format, string text) =>
        Known.TryGetValue(format, out var rule) && !rule.Fits(text) ? rule.Advice : null;

    /// <summary>Whether a format is checked.</summary>
    public static bool IsKnown(string format) => Known.ContainsKey(format);

    private static bool IsPattern(string text)
    {
        try
        {
            _ = new EcmaPattern(text);
            return true;
        }
        catch (SchemaException)
        {
            return false;
        }
    }
}
