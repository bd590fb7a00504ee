namespace Orkestron.Agents.Tests.Facts;

/// <summary>
/// Claims and sources, most of them made so that words are near and the claim is false, reversed or not said. A row is:
/// verdict | claim | source. "undecided" is any verdict but supported and contradicted.
/// </summary>
internal static class ClaimCorpus
{
    public static IReadOnlyList<(string Verdict, string Claim, string Source)> Rows { get; } =
    [
        .. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(static line => line[0] != '#')
            .Select(static line => line.Split(" | "))
            .Select(static cells => (cells[0], cells[1], cells[2].Replace("\\n", "\n", StringComparison.Ordinal))),
    ];

    private const string Text = """
        # Said nearly word for word
        supported | The bridge opened on 3 May 1931. | The bridge opened on 3 May 1931. It is 412 metres long.
        supported | The bridge opened on May 3, 1931. | The bridge opened on 3 May 1931.
        supported | On May 3, 1931, the bridge opened. | On 3 May 1931 the bridge opened.
        supported | The permit ends on 2026-04-01. | The permit ends on 1 April 2026.
        supported | 4 towers carry the cables. | Four towers carry the cables.
        supported | the heat plan costs 12 million euros | The heat plan costs 12 million euros. Most of it is paid by a fund.
        supported | The heat plan costs €12 million. | The heat plan costs 12,000,000 euros.
        supported | Twenty-one people were hired. | 21 people were hired.
        supported | Sales rose by 5 percent in March. | Sales rose by 5% in March.
        supported | Trams don't cross the bridge. | Trams do not cross the bridge.
        supported | The pump weighs 9 kilograms. | The pump weighs 9 kg.
        supported | The company’s first recall was in 2019. | Sales were flat. The company's first recall was in 2019. The share price fell.
        supported | Anna, Berta and Carl signed the letter. | Anna, Berta, and Carl signed the letter.
        supported | Juniors were dismissed more than seniors. | Juniors were dismissed more than seniors.
        supported | The council approved the plan. | However, the council approved the plan.
        supported | More than 300 people attended the meeting. | 312 people attended the meeting.
        supported | The firm employs at least 40 people. | The firm employs 40 people.
        supported | The firm employs fewer than 50 people in Graz. | The firm employs 40 people in Graz.
        supported | At most 12 million euros were spent. | 9 million euros were spent.
        supported | The company recalled more than 300 cars. | The company recalled 312 cars.
        supported | Dr Weber leads the clinic. | Dr. Weber leads the clinic.
        supported | The drug is not safe for children. | # Results\n\nThe drug is not safe for children.

        supported | The pump is cast iron. | Facts\n\n1. The pump is cast iron.\n2. The valve is brass.
        supported | It is 412 metres long. | The bridge opened in 1931. It is 412 metres long.

        # The same statement with another quantity, or denied
        contradicted | The bridge is 512 metres long. | The bridge is 412 metres long.
        contradicted | More than 300 people attended the meeting. | 290 people attended the meeting.
        contradicted | The heat plan costs 20 million euros. | The heat plan costs 12 million euros.
        contradicted | Fewer than 10 people were hired. | 12 people were hired.
        contradicted | The heat plan costs 12 billion euros. | The heat plan costs 12 million euros.
        contradicted | Trams cross the bridge. | Trams do not cross the bridge.
        contradicted | The A10 pump does not move 40 litres a minute. | The A10 pump moves 40 litres a minute.
        contradicted | The museum is open on Mondays. | The museum isn't open on Mondays.
        contradicted | The airport will get a third runway. | The airport will not get a third runway.
        contradicted | The council approved the plan. | The council did not approve the plan.

        # Reversed roles and order
        undecided | Juniors were dismissed more than seniors. | Seniors were dismissed more than juniors.
        undecided | Google bought Motorola from Lenovo. | Lenovo bought Motorola from Google.
        undecided | The dog bit the man. | The man bit the dog.
        undecided | Costs grew faster than sales. | Sales grew faster than costs.
        undecided | Graz beat Linz in the final. | Linz beat Graz in the final.
        undecided | Anna, said Berta, left early. | Anna said Berta left early.
        undecided | The flood caused the strike. | The strike caused the flood.
        undecided | The firm moved from Vienna to Rome. | The firm moved from Rome to Vienna.

        # Other subject, name, place
        undecided | The company's first recall was in March. | The company's share price fell in March, its first fall of the year.
        undecided | Dr Weber leads the clinic. | Dr Wagner leads the clinic.
        undecided | The A10 pump resists sea water. | The A20 pump resists sea water.
        undecided | The bridge is 412 metres long. | The bridge opened in 1931. The tunnel is 412 metres long.
        undecided | The train is 412 metres long. | The train crossed the bridge. It is 412 metres long.
        undecided | The tunnel opened in 1950. It is 412 metres long. | The tunnel opened in 1950. A bridge came later. It is 412 metres long.
        undecided | Paris is the capital of Texas. | Austin is the capital of Texas.
        undecided | The plan helps US citizens. | The plan helps us citizens.

        # Numbers, units, dates
        undecided | The bridge is 412 feet long. | The bridge is 412 metres long.
        undecided | The bridge opened on 5 March 1931. | The bridge opened on 3 May 1931.
        undecided | In 2020 the company had 300 employees. | In 2019 the company had 300 employees.
        undecided | The pump costs 1.5 euros. | The pump costs 1.500 euros.
        undecided | Version 3.1 fixes the fault. | Version 3.10 fixes the fault.
        undecided | Sales rose by 5 percentage points. | Sales rose by 5 percent.
        undecided | The fee is 5 dollars. | The fee is 5 euros.
        undecided | Sales fell by 5 percent. | Sales rose by 5 percent.
        undecided | Bus 5 goes to the port. | Bus 7 goes to the port.
        undecided | The profit is -5 million euros. | The profit is 5 million euros and rising.
        undecided | The committee did not approve more than 300 requests. | The committee did not approve 312 requests.
        undecided | Applicants must be more than 16 years old. | Applicants must be 18 years old.
        undecided | Guests may bring fewer than 5 bags. | Guests may bring 3 bags.
        undecided | The first 300 people got more than 2 tickets. | The first 312 people got 3 tickets.
        undecided | Sales exceeded 200 units. | Sales exceeded 300 units.
        undecided | The firm promised 200 jobs. | The firm promised 300 jobs.
        undecided | About 300 people attended the meeting. | 312 people attended the meeting.
        undecided | 312 people attended the meeting. | About 312 people attended the meeting.
        undecided | Over 300 people attended the meeting. | Up to 400 people attended the meeting.
        undecided | Employees with more than 8 years of service get a bonus. | Employees with 10 years of service get a bonus.
        undecided | The area is 102 hectares. | The area is 10² hectares.
        undecided | No. 1 won the race. | No one won the race.

        # First, only, all, never, some
        undecided | All juniors were dismissed. | Some juniors were dismissed.
        undecided | It was the company's first recall. | It was the company's third recall.
        undecided | The drug works only in mice. | The drug works in mice.
        undecided | The drug works in mice. | The drug works only in mice.
        undecided | Trams never cross the bridge. | Trams rarely cross the bridge.
        undecided | Few people came. | A few people came.
        undecided | Every shop closed. | Nearly every shop closed.
        undecided | Employees were dismissed. | Some employees were not dismissed.
        undecided | 3 people were hurt. | 3 people were not hurt.

        # Possible, planned, conditional
        undecided | The drug is safe. | The drug may be safe.
        undecided | The drug is safe. | If the drug is safe, it will be sold.
        undecided | The plant closed in May. | The plant was to have closed in May.
        undecided | The airport gets a third runway. | The airport wants a third runway.
        undecided | The tax will rise. | The tax will rise unless the council objects.
        undecided | The reactor failed. | Suppose the worst. The reactor failed. Where would people go?
        undecided | The bridge is 512 metres long. | Imagine another city. The bridge is 512 metres long. Trams cross it.

        # Said by somebody, quoted, taken back
        undecided | The drug is safe. | The maker claims that the drug is safe.
        undecided | The drug is safe. | "The drug is safe." That is what the maker wrote.
        undecided | The pump is cheap. | He said: "The pump works. The pump is cheap. Buy it."
        undecided | The drug is safe. | It is false that the drug is safe.
        undecided | The drug is safe. | The drug is safe. That was a lie.
        undecided | The drug is safe. | It is a myth that\n\nthe drug is safe.
        undecided | The moon is made of cheese. | Myths about the moon:\n- The moon is hot.\n- The moon is made of cheese.
        undecided | The moon is made of cheese. | Do not believe this:\n1. The moon is hot.\n2. The moon is made of cheese.
        undecided | The moon is made of cheese. | Nobody should believe these:\n- The moon is hot.\n- The moon is made of cheese.
        undecided | The drug is safe. | The drug is safe. Not!
        undecided | The drug is safe. | The drug is safe. Or so they say.
        undecided | The drug is safe. | The drug is safe?
        undecided | The drug is safe. | ~~The drug is safe.~~
        undecided | The pump is tested. | - [ ] The pump is tested.\n- [x] The pump is built.
        undecided | The drug is safe. | > The drug is safe.\n\nI disagree.
        undecided | Is the drug safe? | Is the drug safe?
        undecided | The plan costs 12 million euros. | The plan costs 12 million euros. Later that was corrected. The plan costs 15 million euros.
        undecided | The drug is safe. | The drug is safe, the maker said. Tests denied it.
        undecided | The drug is safe. | Nobody believes... the drug is safe.

        undecided | The moon is made of cheese. | # Common misconceptions\n\nThe moon is hot.\n\nThe moon is near.\n\nThe sea is dry.\n\nThe sun is cold.\n\nThe moon is made of cheese.
        undecided | The drug is dangerous. | Opponents see it differently. The drug is dangerous. It must go.
        undecided | The pump runs without power. | The advertisement is plain. The pump runs without power.
        supported | The moon is made of rock. | # Common misconceptions\n\nThe moon is made of cheese.\n\n# What is known\n\nProbes have landed. They dug. They took samples home. The moon is made of rock.

        undecided | The bridge is safe. | Critics doubt it.\n\nThe bridge is safe.
        undecided | Vaccines cause autism. | Vaccines cause autism.\n\nFact check: no evidence.
        undecided | Vaccines cause autism. | Some people believe strange things. Vaccines cause autism. The earth is flat.
        undecided | Vaccines cause autism. | - Vaccines cause autism.\n- The earth is flat.\n\nAll of the above are false.
        undecided | The CEO resigned. | An anonymous blog wrote this on Monday. The CEO resigned.
        undecided | The CEO resigned. | The CEO resigned. Psych!
        undecided | The CEO resigned. | The CEO resigned. She did not.
        undecided | The CEO resigned. | Option A\n\nThe CEO resigned.\n\nOption B\n\nThe CEO stayed.
        undecided | The CEO resigned. | Example: the firm fails. The CEO resigned.
        undecided | Pluto is a planet. | Until 2006 it was taught so. Pluto is a planet.
        undecided | Pluto is a planet. | Pluto is a planet. This changed in 2006.
        undecided | 312 people attended. | 312 people attended. The organisers later said it was 212.
        undecided | The reactor is safe. | The reactor is safe. 🙃 Sure.
        undecided | The reactor is safe. | According to the minister there is no danger. The reactor is safe. People are calm.
        undecided | The reactor is safe. | If tests pass, two things follow. The reactor is safe. The staff may return.
        undecided | The reactor is safe. | Wishful thinking\n\nThe reactor is safe.
        undecided | The reactor is safe. | The plan assumes this. The reactor is safe.
        supported | The reactor is safe. | It was built in 1990. The reactor is safe. It rained.

        # Several passages at odds
        undecided | The fee is 5 euros. | The fee is 5 euros. Prices vary by town. The fee is 7 euros.
        undecided | Trams cross the bridge. | Trams cross the bridge. Visitors like it. Buses stop there. Cars wait. Trams do not cross the bridge.

        # Said in other words: true, but no rule can tell
        undecided | The bridge was inaugurated in 1931. | The bridge opened in 1931.
        undecided | The bronze parts resist corrosion. | The bronze parts of the pump resist corrosion in sea water.
        undecided | Nothing of the kind is said here. | Two ships left the harbour.
        """;
}
