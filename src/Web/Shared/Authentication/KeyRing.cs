using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Orkestron.GrainInterfaces.Users;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>
/// Stores the Data Protection keys in a grain, so that all web nodes can read all cookies and a restart signs nobody out. The
/// interface is synchronous and called rarely, so these calls block.
/// </summary>
internal sealed class KeyRing(IGrainFactory grains) : IXmlRepository
{
    private IKeyRingGrain Grain => grains.GetGrain<IKeyRingGrain>("data-protection");

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Grain.ReadAsync().GetAwaiter().GetResult().Select(static text => XElement.Parse(text))];

    public void StoreElement(XElement element, string friendlyName) =>
        Grain.AddAsync(element.ToString(SaveOptions.DisableFormatting)).GetAwaiter().GetResult();
}
