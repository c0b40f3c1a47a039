/** Our own mark: a bubble that somebody takes care of. */
export function Logo({ size = 44 }: { size?: number }) {
	return (
		<svg class="logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
			<rect width="32" height="32" rx="9" class="logoGround" />
			<path
				class="logoBubble"
				d="M8 11.5A3.5 3.5 0 0 1 11.5 8h9a3.5 3.5 0 0 1 3.5 3.5v5a3.5 3.5 0 0 1-3.5 3.5H15l-4.6 4.1c-.5.4-1.2.1-1.2-.6v-3.9A3.5 3.5 0 0 1 8 17z"
			/>
			<circle class="logoPerson" cx="22.5" cy="21.5" r="4.5" />
		</svg>
	);
}
