import { Link } from 'wouter'

/** The way to the other models. */
export function ChooseAnother() {
  return (
    <Link href="/models" className="link touch:inline-flex touch:min-h-11 touch:items-center">
      Choose another
    </Link>
  )
}
