using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.SignalR;

namespace Orkestron.Web.Tests.Fuzz;

/// <summary>A method of an address of the server.</summary>
/// <param name="Pattern">Its pattern.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Body">What its body is read into; null for none or any.</param>
/// <param name="Page">Whether it is a page for people.</param>
/// <param name="Query">The names that its query may have.</param>
internal sealed record FuzzRoute(RoutePattern Pattern, string Method, Type? Body, bool Page, string[] Query)
{
    public string Name => $"{Method} /{Pattern.RawText?.TrimStart('/')}";

    /// <summary>All that the server answers, files of pages aside: a new route is here by itself.</summary>
    public static FuzzRoute[] All(EndpointDataSource source) =>
    [
        .. source.Endpoints.OfType<RouteEndpoint>()
            .Where(static endpoint => endpoint.RoutePattern.Parameters.Count > 0 || !Path.HasExtension(endpoint.RoutePattern.RawText)
                || endpoint.Metadata.GetMetadata<MethodInfo>() is not null)
            .SelectMany(static endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
                .Where(static method => method is not ("HEAD" or "OPTIONS"))
                .Select(method => Of(endpoint, method)))
            .DistinctBy(static route => route.Name)
            .OrderBy(static route => route.Name, StringComparer.Ordinal),
    ];

    /// <summary>The hubs of the server.</summary>
    public static Type[] Hubs(EndpointDataSource source) =>
        [.. source.Endpoints.Select(static each => each.Metadata.GetMetadata<HubMetadata>()?.HubType).OfType<Type>().Distinct()];

    private static FuzzRoute Of(RouteEndpoint endpoint, string method)
    {
        var page = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;
        var inPath = endpoint.RoutePattern.Parameters.Select(static each => each.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var query = page is not null
            ? page.GetProperties()
                .Select(static each => (each.Name, From: each.GetCustomAttribute<SupplyParameterFromQueryAttribute>()))
                .Where(static each => each.From is not null)
                .Select(static each => each.From!.Name ?? each.Name.ToLowerInvariant())
            : (endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [])
                .Where(static each => IsWord(Nullable.GetUnderlyingType(each.ParameterType) ?? each.ParameterType))
                .Select(static each => each.Name!);
        return new FuzzRoute(
            endpoint.RoutePattern,
            method,
            endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType,
            page is not null,
            [.. query.Where(name => !inPath.Contains(name))]);
    }

    private static bool IsWord(Type type) => type == typeof(string) || type.IsPrimitive || type == typeof(Guid) || type.IsEnum;
}
