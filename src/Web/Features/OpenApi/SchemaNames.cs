using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Orkestron.Contracts.Common;

namespace Orkestron.Web.Features.OpenApi;

/// <summary>Names of schemas: the names of the types; a page of X is named XList.</summary>
internal static class SchemaNames
{
    private static readonly string[] Endings = ["ListItem", "Listing"];

    /// <summary>The name; null for a schema that is inlined.</summary>
    public static string? Of(JsonTypeInfo info)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (type == typeof(JsonElement) || type == typeof(Stream))
        {
            return null;
        }

        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ListOf<>)
            ? $"{Listed(type.GetGenericArguments()[0].Name)}List"
            : OpenApiOptions.CreateDefaultSchemaReferenceId(info);
    }

    private static string Listed(string name) =>
        Endings.FirstOrDefault(name.EndsWith) is { } ending ? name[..^ending.Length] : name;
}
