using EquityBot.Doubles;
using Microsoft.Playwright;

namespace EquityBot.Scenarios.Browser;

/// <summary>The schedules and their preview as an equity officer meets them on a phone, by keyboard alone, in light and dark.</summary>
[Collection(InTheBrowser.Name)]
public sealed class EscalationPageByKeys(Chromium chromium)
{
    const string Officer = "imani.brooks";

    [Fact]
    public async Task A_schedule_is_made_changed_corrected_and_proposed_on_a_phone_without_a_mouse()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        var page = await chromium.OnAPhoneAsync($"{hospital.Url}/escalation?as={Officer}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Escalation" })).ToBeVisibleAsync();
        await page.LooksWellAsync("50-escalation");

        await page.ActivateAsync("New schedule");
        await page.TabToAsync("Standard");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.TabToAsync("For which department");
        await page.Keyboard.TypeAsync("Cardiology");
        await page.LooksWellAsync("51-escalation-new");
        await page.ActivateAsync("New schedule");
        await page.ArrivesAsync("/escalation/S-2$");
        await page.LooksWellAsync("52-escalation-draft");

        await page.ActivateAsync("Change a step");
        await page.TabToAsync("Which step");
        await page.Keyboard.TypeAsync("+3");
        await page.FillInAsync("Working days", "12");
        await page.ActivateAsync("Change a step");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("must come on a later day than");
        await page.LooksWellAsync("53-escalation-refused");

        await page.FillInAsync("Working days", "2");
        await page.ActivateAsync("Change a step");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "+2 Department lead" })).ToBeVisibleAsync();
        await page.ActivateAsync("Ask for approval");
        await page.FillInAsync("Why", "promises to the community come first");
        await page.ActivateAsync("Ask for approval");
        await Expect(page.GetByText("waits for a second pair of eyes")).ToBeVisibleAsync();
        await page.LooksWellAsync("54-escalation-proposed");
        await page.CloseAsync();
    }

    [Fact]
    public async Task A_draft_is_previewed_for_the_quarter_and_a_file_is_corrected_on_a_phone_without_a_mouse()
    {
        await using var hospital = await Hospital.OpenAsync(Engine.Sqlite);
        foreach (var who in (string[])["ben.kowalski", "dana.reyes", "anil.deshmukh"])
        {
            await hospital.As(who).PromisesAsync("we'll train every nurse on interpreter phones by 2026-03-06");
        }

        await hospital.MoveAsync("2026-03-10T12:00");
        var page = await chromium.OnAPhoneAsync($"{hospital.Url}/escalation/S-1?as={Officer}");
        await page.LooksWellAsync("55-escalation-standard");
        await page.ActivateAsync("Show the file");
        var yaml = await page.Locator("textarea").InputValueAsync();
        await page.TabToAsync("Schedule");
        await page.Locator("textarea:focus").FillAsync(yaml.Replace("offset: 5", "offset: soon", StringComparison.Ordinal));
        await page.ActivateAsync("Make this the draft");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("That cannot be read: line");
        await page.LooksWellAsync("56-escalation-file-refused");
        await page.TabToAsync("Schedule");
        await page.Locator("textarea:focus").FillAsync(yaml.Replace("offset: 5", "offset: 3", StringComparison.Ordinal));
        await page.ActivateAsync("Make this the draft");
        await Expect(page.GetByText("Department lead: day +5 → +3")).ToBeVisibleAsync();
        await page.LooksWellAsync("57-escalation-file");

        await page.ActivateAsync("All schedules");
        await page.ArrivesAsync("/escalation$");
        await page.TabToAsync("With which schedules?");
        await page.Keyboard.TypeAsync("With the draft");
        await page.TabToAsync("The open cases follow");
        await page.Keyboard.PressAsync("Space");
        await page.LooksWellAsync("58-escalation-preview-form");
        await page.ActivateAsync("Show the preview");
        await page.ArrivesAsync(@"/escalation/preview\?");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Dana Reyes" }).Filter(new() { HasText = "C-12, as Department lead" })).ToContainTextAsync("Wednesday, March 11");
        await page.LooksWellAsync("59-escalation-preview");
        await page.CloseAsync();
    }

    static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);
}
