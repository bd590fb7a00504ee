using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Extensions.Primitives;
using Orkestron.Web.Shared.Layout;

namespace Orkestron.Web.Startup.Pipeline;

/// <summary>
/// Refuses addresses of pages whose query parameters have the wrong type, for instance a malformed task id. The page could not be
/// rendered with them and would fail.
/// </summary>
internal sealed class PageQuery(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var wrong = context.GetEndpoint()?.Metadata.GetMetadata<Parameters>()?.Typed
            .FirstOrDefault(typed => !typed.Takes(context.Request.Query[typed.Name]));
        return wrong is null
            ? next(context)
            : FaultPage.WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                "The address is not valid",
                $"The value of '{wrong.Name}' in the address is not {wrong.Expected}. Go back and choose again, or remove it. "
                    + "Nothing was changed.");
    }

    /// <summary>Records the typed query parameters of a page in its metadata.</summary>
    public static void AddTo(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<ComponentTypeMetadata>().FirstOrDefault() is not { Type: var page })
        {
            return;
        }

        var typed = page.GetProperties()
            .Select(static property => (Property: property, From: property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()))
            .Where(static each => each.From is not null && TypeOf(each.Property) != typeof(string))
            .Select(static each => ParameterOf(each.Property, each.From!.Name))
            .ToArray();
        if (typed.Length > 0)
        {
            endpoint.Metadata.Add(new Parameters(typed));
        }
    }

    private static Type TypeOf(PropertyInfo property)
    {
        var type = property.PropertyType.GetElementType() ?? property.PropertyType;
        return Nullable.GetUnderlyingType(type) ?? type;
    }

    private static Parameter ParameterOf(PropertyInfo property, string? name)
    {
        var type = TypeOf(property);
        return new Parameter(
            name ?? property.Name.ToLowerInvariant(),
            type == typeof(Guid) ? static text => Guid.TryParse(text, out _)
                : type == typeof(int) ? static text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
                : type == typeof(long) ? static text => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
                : throw new NotSupportedException($"Query parameters of the type {type.Name} are not supported: add a check and a name for it."),
            type == typeof(Guid) ? "an id" : "a whole number",
            property.PropertyType.IsArray);
    }

    private sealed record Parameters(Parameter[] Typed);

    private sealed record Parameter(string Name, Predicate<string> IsValue, string Expected, bool Many)
    {
        // An empty value means no value, except in a list.
        public bool Takes(StringValues values) => values.All(text => (string.IsNullOrEmpty(text) && !Many) || IsValue(text ?? ""));
    }
}
