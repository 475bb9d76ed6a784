"""The player in a real Chromium."""

import pytest
from axe_playwright_python.sync_playwright import Axe

FRAMES = 40


@pytest.fixture
def html(tools, line):
    """Give a player of 40 frames at 20 frames a second."""
    return tools.write(line(frames=FRAMES), fps=20).html


@pytest.fixture
def player(open_player, html):
    return Driver(open_player(html))


# Play up to a frame; return each frame that is shown, and when it is, in milliseconds.
FRAMES_SHOWN = """(player, last) => new Promise((done) => {
    const shown = [], start = performance.now();
    player.querySelector("[aria-label=Play]").click();
    const look = () => {
        if (shown.at(-1)?.[0] !== player.frame) {
            shown.push([player.frame, performance.now() - start]);
        }
        if (player.frame < last) requestAnimationFrame(look);
        else done(shown);
    };
    look();
})"""


class Driver:
    """The first player of a page, by what a user sees of it."""

    def __init__(self, page):
        self.page = page
        self.element = page.locator("vector-player").first

    def button(self, name):
        return self.element.get_by_role("button", name=name, exact=True)

    @property
    def frame(self):
        return self.element.evaluate("p => p.frame")

    @property
    def range(self):
        return self.element.get_by_role("slider")

    @property
    def moving(self):
        """The path data of what moves."""
        return self.element.evaluate(
            "p => [...p.querySelectorAll('[data-slot] path')].map(e => e.getAttribute('d')).join()"
        )

    def let_pictures_pass(self, count=10):
        """Wait until the browser has painted several times: whatever moves has moved by then."""
        self.page.evaluate(
            "count => new Promise(done => { const next = () => count-- ? "
            "requestAnimationFrame(next) : done(); next(); })",
            count,
        )

    def wait(self, condition):
        self.page.wait_for_function(
            f"() => {{ const p = document.querySelector('vector-player'); return {condition}; }}"
        )


def test_it_starts_paused_on_its_first_frame(player):
    assert player.frame == 0
    before = player.moving
    player.let_pictures_pass()
    assert player.frame == 0
    assert player.moving == before
    assert player.button("Play").is_visible()
    assert player.element.locator(".vp-readout").inner_text() == "phase 0.0"


def test_it_starts_on_a_frame_of_choice(tools, line, open_player):
    driver = Driver(open_player(tools.write(line(frames=FRAMES), start=-1).html))
    assert driver.frame == FRAMES - 1


def test_play_and_pause(player):
    before = player.moving
    player.button("Play").click()
    player.wait("p.frame > 2")
    assert player.moving != before
    player.button("Pause").click()
    frame = player.frame
    player.let_pictures_pass()
    assert player.frame == frame < FRAMES - 1


def test_playing_stops_at_the_end_and_starts_over(player):
    player.button("Last frame").click()
    player.button("Previous frame").click()
    player.button("Play").click()
    player.wait(f"!p.playing && p.frame === {FRAMES - 1}")
    player.button("Play").click()
    player.wait("p.playing && p.frame > 0 && p.frame < 20")


def test_a_loop_goes_on(player):
    loop = player.button("Loop")
    assert loop.get_attribute("aria-pressed") == "false"
    loop.click()
    assert loop.get_attribute("aria-pressed") == "true"
    player.button("Last frame").click()
    player.element.evaluate("p => { p.show(p.count - 3); p.play(); }")
    player.wait("p.playing && p.frame > 0 && p.frame < 20")


def test_repeat_presses_the_loop_button(tools, line, open_player):
    driver = Driver(open_player(tools.write(line(frames=FRAMES), fps=20, repeat=True).html))
    loop = driver.button("Loop")
    assert loop.get_attribute("aria-pressed") == "true"
    assert not driver.element.evaluate("p => !!p.playing")  # it never starts by itself
    driver.element.evaluate("p => { p.show(p.count - 3); p.play(); }")
    driver.wait("p.playing && p.frame > 0 && p.frame < 20")
    loop.click()
    assert loop.get_attribute("aria-pressed") == "false"


def test_steps(player):
    for name, frame in [
        ("Next frame", 1), ("Next frame", 2), ("Previous frame", 1), ("Last frame", FRAMES - 1),
        ("Next frame", FRAMES - 1), ("First frame", 0), ("Previous frame", 0),
    ]:  # fmt: skip
        player.button(name).click()
        assert player.frame == frame


def test_scrub(player):
    player.range.fill("25")
    assert player.frame == 25
    assert player.range.get_attribute("aria-valuetext") == "phase 5.0"
    assert player.element.locator(".vp-readout").inner_text() == "phase 5.0"


def test_scrubbing_shows_what_playing_shows(player):
    """A jump decodes the same pictures as a walk, forwards and backwards."""
    walked = []
    for frame in range(FRAMES):
        player.element.evaluate("(p, k) => p.show(k)", frame)
        walked.append(player.moving)
    assert len(set(walked)) == FRAMES
    player.page.reload()
    for frame in (30, 3, 39, 0, 17):
        player.element.evaluate("(p, k) => p.show(k)", frame)
        assert player.moving == walked[frame]


@pytest.mark.parametrize("focus", ["button", "slider"])
def test_keyboard(player, focus):
    target = player.button("First frame") if focus == "button" else player.range
    target.focus()
    press = player.page.keyboard.press
    for key, frame in [
        ("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", FRAMES - 1), ("Home", 0),
    ]:  # fmt: skip
        press(key)
        assert player.frame == frame
    if focus == "slider":
        press("Space")
        player.wait("p.playing")
        press("Space")
        player.wait("!p.playing")


def test_space_on_a_button_presses_that_button(player):
    player.button("Next frame").focus()
    player.page.keyboard.press("Space")
    assert player.frame == 1
    assert not player.element.evaluate("p => !!p.playing")


def test_keys_stay_in_the_player(player):
    """A notebook around it does not hear them; other keys it does."""
    player.page.evaluate(
        "() => { window.heard = []; addEventListener('keydown', e => heard.push(e.key)); }"
    )
    player.range.focus()
    for key in ("ArrowRight", "Space", "a"):
        player.page.keyboard.press(key)
    assert player.page.evaluate("heard") == ["a"]


def test_speed(player):
    player.element.get_by_role("combobox", name="Speed").select_option("4×")
    player.button("Play").click()
    player.wait("p.frame > 4")
    assert player.element.evaluate("p => p.rate") == 80


def test_reduced_motion_is_a_slide_show(open_player, html):
    driver = Driver(open_player(html, reduced_motion="reduce"))
    shown = driver.element.evaluate(FRAMES_SHOWN, 9)
    frames, times = zip(*shown, strict=True)
    assert not any(frame % 4 for frame in frames)  # a dozen stills for forty frames
    assert frames[0] == 0 < 1000 - 20 < times[1]  # milliseconds; one refresh of the screen is 17


def test_screen_readers_are_told_at_rest(player):
    voice = player.element.locator("[aria-live=polite]")
    player.button("Play").click()
    player.wait("p.frame > 15")  # longer than it takes to settle
    assert voice.text_content() == ""
    player.button("Pause").click()
    player.wait("p.querySelector('[aria-live=polite]').textContent !== ''")
    text = player.element.locator(".vp-readout").inner_text()
    assert voice.text_content() == text == player.range.get_attribute("aria-valuetext")


def test_it_stops_off_screen(player):
    player.page.evaluate("document.body.style.paddingBottom = '5000px'")
    player.button("Loop").click()
    player.button("Play").click()
    player.wait("p.playing && p.frame > 0")
    player.page.evaluate("scrollTo(0, 4000)")
    player.wait("!p.playing")


def test_it_stops_when_the_tab_is_hidden(player):
    player.button("Loop").click()
    player.button("Play").click()
    player.page.evaluate(
        "() => { Object.defineProperty(document, 'hidden', {value: true});"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    player.wait("!p.playing")


def test_two_players_do_not_disturb_each_other(open_player, tools, line, html):
    other = tools.write(line(frames=7)).html
    page = open_player(html + other + html)
    first, second, third = (page.locator("vector-player").nth(k) for k in range(3))
    second.get_by_role("button", name="Last frame").click()
    assert [p.evaluate("p => p.frame") for p in (first, second, third)] == [0, 6, 0]
    assert page.evaluate("document.querySelectorAll('[id]').length") == 0
    assert page.locator(".vp-bar").count() == 3


def test_no_globals(open_player, html):
    names = "Object.keys(window).sort().join()"
    assert open_player(html).evaluate(names) == open_player("<p>nothing").evaluate(names)


def test_a_player_may_be_put_in_later_and_moved(open_player, html):
    page = open_player(html)
    page.evaluate(
        """() => {
          const first = document.querySelector("vector-player");
          const later = document.createElement("div");
          later.innerHTML = first.outerHTML.replace(/<div class="vp-bar".*<\\/div>/, "");
          document.body.append(later);
          later.append(first);
        }"""
    )
    assert page.locator("vector-player").count() == 2
    moved = page.locator("vector-player").nth(1)
    assert moved.locator(".vp-bar").count() == 1
    moved.get_by_role("button", name="Next frame").click()
    assert moved.evaluate("p => p.frame") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [900, 390])
def test_axe_finds_nothing(tools, line, new_page, tmp_path, scheme, width):
    """The page that ``anim.save`` writes, from a disk."""
    path = tmp_path / "fit.html"
    line(frames=5).save(path, writer="vector_html")
    page = new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    page.goto(path.as_uri())
    assert page.locator("vector-player svg").first.is_visible()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_it_fits_a_telephone(open_player, html):
    page = open_player(
        '<meta name="viewport" content="width=device-width">' + html,
        viewport={"width": 390, "height": 800},
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for button in page.locator("vector-player :is(button, input, select):visible").all():
        box = button.bounding_box()
        assert box["width"] >= 24 <= box["height"]
        assert 0 <= box["x"] <= 390 - box["width"]


@pytest.mark.parametrize("width", [320, 390, 499])
def test_on_a_phone_fingers_find_every_control(open_player, html, width):
    """The slider has a row of its own; all is 44 pixels high or more, and nothing sticks out."""
    page = open_player(
        '<meta name="viewport" content="width=device-width"><body id="b">' + html,
        viewport={"width": width, "height": 800},
        has_touch=True,
        is_mobile=True,
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    bar = page.locator(".vp-bar").bounding_box()
    slider = page.get_by_role("slider").bounding_box()
    assert slider["width"] == pytest.approx(bar["width"], abs=1)
    controls = page.locator(".vp-bar :is(button, select):visible")
    assert controls.count() == 8
    for control in controls.all():
        box = control.bounding_box()
        assert box["width"] >= 44 <= box["height"] <= 48
        assert not slider["y"] < box["y"] + box["height"] / 2 < slider["y"] + slider["height"]
    assert slider["height"] >= 44


def test_a_mouse_needs_no_large_buttons(open_player, html):
    page = open_player(html, viewport={"width": 900, "height": 800})
    slider, play = page.get_by_role("slider"), page.get_by_role("button", name="Play")
    assert play.bounding_box()["height"] == 32
    assert abs(slider.bounding_box()["y"] - play.bounding_box()["y"]) < 8  # one row


def test_forced_colours_show_what_is_on_and_what_has_the_focus(open_player, html):
    """Backgrounds and shadows are gone there; borders and outlines stay."""
    driver = Driver(open_player(html, forced_colors="active"))
    loop = driver.button("Loop")
    border = "node => getComputedStyle(node).borderWidth"
    assert loop.evaluate(border) == "1px"
    loop.focus()
    driver.page.keyboard.press("Enter")
    assert loop.evaluate(border) == "3px"
    assert loop.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    icon = "node => getComputedStyle(node.querySelector('svg')).fill"
    assert loop.evaluate(icon) == loop.evaluate("node => getComputedStyle(node).color")


ORANGE, DARK_ORANGE = "rgb(255, 127, 14)", "rgb(173, 83, 0)"  # Matplotlib's second colour


def line_color(page):
    """Return the colour of the first line that moves, as the browser paints it."""
    return page.locator("vector-player svg [stroke='var(--c0)']").first.evaluate(
        "line => getComputedStyle(line).stroke"
    )


@pytest.mark.parametrize(
    ("attributes", "scheme", "dark"),
    [
        ("", "light", False),
        ("", "dark", True),
        ('data-theme="light"', "dark", False),
        ('data-theme="dark"', "light", True),
    ],
)
def test_it_follows_the_page_into_the_dark(new_page, tmp_path, html, attributes, scheme, dark):
    path = tmp_path / "page.html"
    path.write_text(f"<!DOCTYPE html><html {attributes}><body>{html}", "utf-8")
    page = new_page(color_scheme=scheme)
    page.goto(path.as_uri())
    assert line_color(page) == (DARK_ORANGE if dark else ORANGE)


@pytest.mark.parametrize(("light", "dark"), [("true", False), ("false", True)])
def test_it_follows_jupyterlab(new_page, tmp_path, html, light, dark):
    path = tmp_path / "page.html"
    path.write_text(f'<!DOCTYPE html><body data-jp-theme-light="{light}">{html}', "utf-8")
    page = new_page(color_scheme="light" if dark else "dark")
    page.goto(path.as_uri())
    assert line_color(page) == (DARK_ORANGE if dark else ORANGE)


def test_no_light_panel_behind_it_in_the_dark(new_page, tmp_path, html):
    """Some themes of books put one behind every output."""
    rule = (
        "html[data-theme=dark] .bd-content div.cell_output .text_html:not(:has(table.dataframe))"
        "{background-color: white; color: black; padding: .5rem}"
    )
    path = tmp_path / "page.html"
    path.write_text(
        f'<!DOCTYPE html><html data-theme="dark"><head><style>{rule}</style></head><body>'
        f'<div class="bd-content"><div class="cell_output"><div class="text_html">{html}</div>'
        '<div class="text_html">other</div></div></div>',
        "utf-8",
    )
    page = new_page()
    page.goto(path.as_uri())
    grounds = page.locator(".text_html").evaluate_all(
        "all => all.map(e => getComputedStyle(e).backgroundColor)"
    )
    assert grounds == ["rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"]


def test_without_scripts_there_is_the_last_frame_and_a_sentence(open_player, html):
    page = open_player(html, java_script_enabled=False)
    assert page.locator(".vp-note").is_visible()
    assert page.locator("vector-player svg").first.is_visible()
    assert page.locator("button").count() == 0


def test_an_inline_policy_is_enough(new_page, tmp_path, html):
    policy = (
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
    )
    path = tmp_path / "page.html"
    path.write_text(
        f'<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<link rel="icon" href="data:,"><body>{html}',
        "utf-8",
    )
    page = new_page()
    page.goto(path.as_uri())
    page.get_by_role("button", name="Next frame").click()
    assert page.locator("vector-player").evaluate("p => p.frame") == 1


def test_a_page_with_rules_for_pictures_does_not_break_the_clips(open_player, html):
    """As those of notebook front-ends."""
    rules = "<style>svg{height:auto;max-width:100%}img,svg{vertical-align:middle}</style>"
    sizes = "e => [e.getBoundingClientRect().width, e.getBoundingClientRect().height]"
    plain, ruled = (open_player(text + html) for text in ("", rules))
    inner = "vector-player figure > svg svg"
    assert plain.locator(inner).first.evaluate(sizes) == ruled.locator(inner).first.evaluate(sizes)


def test_labels_are_text(open_player, tools, line):
    nasty = "</script><script>document.title = 'injected'</script><b>\"'&amp;"
    html = tools.write(line(frames=2), labels=[nasty, nasty], alt=nasty).html
    page = open_player(html)
    assert page.title() == "t"
    assert page.locator("vector-player b").count() == 0
    assert page.locator(".vp-readout").inner_text() == nasty
    assert page.locator("vector-player svg").first.get_attribute("aria-label") == nasty
