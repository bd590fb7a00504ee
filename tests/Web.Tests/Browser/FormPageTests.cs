using System.Text.Json;
using Microsoft.Playwright;
using Orkestron.Web.Tests.Api;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Browser;

/// <summary>Forms of generated schemas in a browser: what they are filled with comes back, and what is chosen is sent.</summary>
public sealed class FormPageTests(Chromium chromium, WebNode node) : IClassFixture<Chromium>
{
    private const string Pet = """
        {"type":"object","required":["name","pet"],"properties":{
          "name":{"type":"string"},
          "nick":{"anyOf":[{"type":"string"},{"type":"null"}],"default":null,"title":"Nick name"},
          "size":{"oneOf":[{"const":1,"title":"Small"},{"const":"1","title":"Tiny"}]},
          "weight":{"type":"number","minimum":0},
          "tame":{"type":"boolean"},
          "born":{"type":"string","format":"date"},
          "seen":{"type":"string","format":"date-time"},
          "tags":{"type":"object","additionalProperties":{"type":"string"}},
          "pet":{"oneOf":[{"$ref":"#/$defs/Cat"},{"$ref":"#/$defs/Dog"}]},
          "parent":{"$ref":"#"}},
         "$defs":{
          "Cat":{"type":"object","title":"Cat","required":["kind","lives"],"properties":{"kind":{"const":"cat"},"lives":{"type":"integer"}}},
          "Dog":{"type":"object","title":"Dog","required":["kind"],"properties":{"kind":{"const":"dog"},"barks":{"type":"boolean"}}}}}
        """;

    private const string Example = """
        {"name":"Tom","nick":null,"size":"1","weight":12345678901234567.890,"born":"2020-02-29","seen":"2026-01-31T09:30:00+01:00",
         "tags":{"a/b":"x","":""},"pet":{"kind":"cat","lives":9.0}}
        """;

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Form_OfAGeneratedSchema_GivesBackWhatItHoldsAndTakesWhatIsChosen(ColorScheme scheme, int width)
    {
        using var maker = await node.GuestAsync();
        var agent = await DeclaredInputTests.PublishAsync(
            maker, Pet, Example, "orkestron/keyword-extractor", """{"text":{"$ref":"/input/name"}}""");
        await using var watched = await chromium.OpenAsync(node.Address, scheme, width);
        var page = watched.Page;

        await page.GotoAsync($"/agents/{agent}?example=0");
        await watched.AssertAccessibleAsync();
        await page.ClickAsync("button[value='to-raw']");
        var raw = await page.InputValueAsync("#raw");
        Assert.Equal(Flat(Example), Flat(raw));

        await page.ClickAsync("button[value='to-form']");
        await page.SelectOptionAsync("#field-pet-kind", new SelectOptionValue { Label = "Dog" });
        await page.ClickAsync("button[value='choose:/pet']");
        await page.SelectOptionAsync("select[name='f/pet/barks']", new SelectOptionValue { Label = "no" });
        await page.SelectOptionAsync("select[name='f/size']", new SelectOptionValue { Label = "Small" });
        await page.SelectOptionAsync("select[name='z/nick']", "absent");
        await page.FillAsync("[name='f/weight']", "0.30000000000000000000000000000001");
        await page.FillAsync("[name='f/seen']", "2026-02-28T23:59:59");
        await page.FillAsync("[name='o/seen']", "Z");
        await page.ClickAsync("button[value='open:/parent']");
        await page.FillAsync("[name='f/parent/name']", "Old Tom");
        await page.FillAsync("[name='f/parent/pet/lives']", "3");
        await watched.AssertAccessibleAsync();
        await page.ClickAsync("button[value='to-raw']");

        Assert.Equal(
            Flat("""
                {"name":"Tom","size":1,"weight":0.30000000000000000000000000000001,"born":"2020-02-29","seen":"2026-02-28T23:59:59Z",
                 "tags":{"a/b":"x","":""},"pet":{"kind":"dog","barks":false},"parent":{"name":"Old Tom","pet":{"kind":"cat","lives":3}}}
                """),
            Flat(await page.InputValueAsync("#raw")));
        watched.AssertNoComplaints();
    }

    private static string Flat(string json) => JsonSerializer.Serialize(JsonElement.Parse(json));
}
